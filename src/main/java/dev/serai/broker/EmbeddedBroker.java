package dev.serai.broker;

import com.rabbitmq.client.ConnectionFactory;
import java.lang.reflect.Field;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener.DefaultSystemLauncherListener;
import org.apache.qpid.server.model.Broker;
import org.apache.qpid.server.model.Port;
import org.apache.qpid.server.model.State;
import org.apache.qpid.server.model.SystemConfig;
import org.apache.qpid.server.model.VirtualHost;
import org.apache.qpid.server.model.VirtualHostNode;
import org.jspecify.annotations.Nullable;

/**
 * Apache Qpid Broker-J in this process, on a free port of the loopback address, with a password
 * that only this process knows.
 */
final class EmbeddedBroker implements AutoCloseable {
  static final String HOST = "127.0.0.1";
  private static final String USER = "serai";

  private final SystemLauncher launcher;
  private final Started started;
  private final String password = randomPassword();
  private final BrokerFolder folder;
  private final Dialect dialect;

  /**
   * Starts the broker and returns when it takes connections.
   *
   * @param folder where it keeps messages and queues; locked until {@link #close}
   * @param housekeeping how often expired messages are looked for
   * @throws BrokerStartException if it cannot start
   */
  EmbeddedBroker(BrokerFolder folder, Duration housekeeping) {
    this.folder = folder;
    this.started = new Started();
    this.launcher = new SystemLauncher(started);
    // Derby reads it once for the process; else its log lies wherever the process was started.
    System.setProperty("derby.stream.error.file", folder.path().resolve("derby.log").toString());
    try {
      launcher.startup(attributes(housekeeping));
      if (started.failure != null) {
        throw started.failure;
      }
      disarmShutdownHook();
      if (virtualHost().getState() != State.ACTIVE) {
        throw new IllegalStateException("its message store did not open");
      }
      dialect = new Dialect(new BrokerModel(virtualHost()));
    } catch (Exception e) {
      close();
      throw new BrokerStartException(
          "embedded-broker: the broker in %s does not start: %s".formatted(folder, e.getMessage()),
          e);
    }
  }

  /** A client that logs in here and may speak to the broker as to RabbitMQ. */
  ConnectionFactory client() {
    ConnectionFactory client = new DialectConnectionFactory(dialect);
    client.setHost(HOST);
    client.setPort(port());
    client.setUsername(USER);
    client.setPassword(password);
    return client;
  }

  /** The port it listens on. */
  int port() {
    return broker().getChildByName(Port.class, "amqp").getBoundPort();
  }

  /** The broker's own model of its queues and connections. */
  VirtualHost<?> virtualHost() {
    VirtualHostNode<?> node = broker().getChildByName(VirtualHostNode.class, "default");
    VirtualHost<?> host = node.getVirtualHost();
    if (host == null) {
      throw new IllegalStateException("its message store did not open");
    }
    return host;
  }

  private Broker<?> broker() {
    SystemConfig<?> system = started.system;
    if (system == null || system.getContainer() == null) {
      throw new IllegalStateException("it is not running");
    }
    return (Broker<?>) system.getContainer();
  }

  private Map<String, Object> attributes(Duration housekeeping) throws Exception {
    Map<String, String> context = new HashMap<>();
    context.put("qpid.work_dir", folder.path().toString());
    context.put("virtualhost.housekeepingCheckPeriod", String.valueOf(housekeeping.toMillis()));
    context.put("serai.password", password);
    context.put("serai.store", folder.path().resolve("store").toString());
    return Map.of(
        "type",
        "Memory",
        "initialConfigurationLocation",
        "classpath:embedded-broker-%s.json".formatted(folder.durable() ? "durable" : "memory"),
        "startupLoggedToSystemOut",
        "false",
        "context",
        context);
  }

  /** The broker's own hook would stop it before the routes have drained. */
  private void disarmShutdownHook() throws ReflectiveOperationException {
    Class<?> type = broker().getClass();
    while (!type.getSimpleName().equals("BrokerImpl")) {
      type = type.getSuperclass();
    }
    Field hook = type.getDeclaredField("_shutdownHook");
    hook.setAccessible(true);
    Runtime.getRuntime().removeShutdownHook((Thread) hook.get(broker()));
  }

  private static String randomPassword() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Stops the broker and unlocks its folder. Messages on disk stay. */
  @Override
  public void close() {
    launcher.shutdown();
    folder.close();
  }

  /** Keeps what the launcher tells only its listener. */
  private static final class Started extends DefaultSystemLauncherListener {
    private volatile @Nullable SystemConfig<?> system;
    private volatile @Nullable RuntimeException failure;

    @Override
    public void onContainerResolve(SystemConfig<?> systemConfig) {
      system = systemConfig;
    }

    @Override
    public void errorOnStartup(RuntimeException e) {
      failure = e;
    }
  }
}
