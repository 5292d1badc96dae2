package dev.serai.support;

import com.github.dockerjava.api.DockerClient;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/** A container. Its port is chosen by us, because Docker would choose another at each start. */
final class ContainerNode extends RabbitNode {
  static final DockerImageName IMAGE = DockerImageName.parse("rabbitmq:4-management-alpine");
  private static final int AMQP = 5672;

  private final int port = FreePorts.find(1).get(0);
  private final FixedPort container = new FixedPort(port);

  @Override
  public String host() {
    return container.getHost();
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  void enable(String plugin) {
    container.withCopyToContainer(
        Transferable.of("[rabbitmq_management," + plugin + "].\n"),
        "/etc/rabbitmq/enabled_plugins");
  }

  @Override
  void launch() {
    if (container.getContainerId() == null) {
      container.start();
    } else {
      docker().startContainerCmd(container.getContainerId()).exec();
    }
  }

  @Override
  public void kill() {
    docker().killContainerCmd(container.getContainerId()).withSignal("KILL").exec();
  }

  @Override
  public void killAndForget() {
    kill();
    container.stop(); // removes it; the next start makes another
  }

  @Override
  void checkAlive() {
    if (!container.isRunning()) {
      throw new IllegalStateException("the RabbitMQ container ended: " + container.getLogs());
    }
  }

  @Override
  public void close() {
    container.stop();
  }

  private DockerClient docker() {
    return container.getDockerClient();
  }

  private static final class FixedPort extends GenericContainer<FixedPort> {
    FixedPort(int port) {
      super(IMAGE);
      addFixedExposedPort(port, AMQP);
      withCreateContainerCmdModifier(create -> create.withHostName("rabbit")); // names its data
    }
  }
}
