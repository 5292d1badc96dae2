package dev.serai.support;

import dev.serai.Serai;
import dev.serai.topology.Topologies;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A whole Serai in the test's process, with both ports free ones and its own data folder. */
public final class SeraiApp extends Sidecar {
  private final ConfigurableApplicationContext context;

  private SeraiApp(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /**
   * Starts a Serai and returns when it is ready.
   *
   * @param data its data folder
   * @param settings further properties; they win over config/
   */
  public static SeraiApp start(Path data, Map<String, String> settings) {
    KnownClasses.prepare();
    SeraiApp serai = new SeraiApp(Serai.start(arguments(data, settings)));
    if (!settings.containsKey("serai.routes")) {
      KnownRoutes.keep(data);
    }
    return serai;
  }

  /** The command line of a Serai with free ports. */
  static String[] arguments(Path data, Map<String, String> settings) {
    KnownRoutes.take(data);
    Map<String, String> all = new LinkedHashMap<>();
    all.put("serai.port", "0");
    all.put("serai.operator-port", "0");
    all.put("serai.data", data.toString());
    all.put("serai.routes-classes", KnownRoutes.CLASSES.toString());
    all.putAll(settings);
    return all.entrySet().stream()
        .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
        .toArray(String[]::new);
  }

  /** Names of the queues of all packs, but for those that each process has for itself. */
  public List<String> queues() {
    return bean(Topologies.class).queues().values().stream()
        .filter(queue -> queue.role() != Topologies.Role.PER_INSTANCE)
        .map(Topologies.QueueSpec::name)
        .toList();
  }

  /** A bean of the running application. */
  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public int port() {
    return bean(VertxPlatformHttpServer.class).getPort();
  }

  @Override
  public int operatorPort() {
    return ((ServletWebServerApplicationContext) context).getWebServer().getPort();
  }

  @Override
  public void close() {
    context.close();
  }
}
