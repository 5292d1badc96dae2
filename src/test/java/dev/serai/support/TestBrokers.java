package dev.serai.support;

import com.rabbitmq.client.ConnectionFactory;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;

/** The RabbitMQ that all tests of a run share; it says once which one it is. */
public final class TestBrokers {

  private TestBrokers() {}

  /**
   * A RabbitMQ for tests that name their queues themselves and leave the broker running.
   *
   * @param uri with login, without a path
   * @param description where it comes from, for people; without login
   */
  public record Rabbit(String uri, String description) {

    /** Connects to it, and does not come back by itself. */
    public ConnectionFactory client() {
      ConnectionFactory client = new ConnectionFactory();
      try {
        client.setUri(uri);
      } catch (URISyntaxException | GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
      client.setAutomaticRecoveryEnabled(false);
      return client;
    }
  }

  /**
   * Started at the first call, stopped with the JVM.
   *
   * @throws IllegalStateException if none can be had; says why
   */
  public static Rabbit rabbitmq() {
    return Shared.RABBIT;
  }

  private static final class Shared {
    static final Rabbit RABBIT = announced(find());
  }

  private static Rabbit find() {
    ServerSource source = ServerSource.shared(MachineProbe.rabbitmq());
    if (source instanceof ServerSource.Configured configured) {
      return new Rabbit(configured.uri(), "the one that RABBITMQ_URI names");
    }
    RabbitNode node = RabbitNode.on(source);
    node.restart();
    return new Rabbit(node.uri(), describe(source) + " on port " + node.port());
  }

  private static String describe(ServerSource source) {
    if (source instanceof ServerSource.Local local) {
      return "a private node of " + local.program();
    }
    return source instanceof ServerSource.Docker
        ? "a container of " + ContainerNode.IMAGE
        : "a private node of the Debian package, just installed";
  }

  private static Rabbit announced(Rabbit rabbit) {
    System.out.println("RabbitMQ for the tests: " + rabbit.description());
    return rabbit;
  }
}
