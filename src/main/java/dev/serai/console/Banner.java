package dev.serai.console;

import dev.serai.broker.Transport;
import dev.serai.files.Packs;
import java.lang.management.ManagementFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says once, when Serai is ready, what runs and where. */
@Component
class Banner {
  private final Transport transport;
  private final Packs packs;
  private final CamelContext camel;
  private final ObjectProvider<BuildProperties> build;

  Banner(
      Transport transport, Packs packs, CamelContext camel, ObjectProvider<BuildProperties> build) {
    this.transport = transport;
    this.packs = packs;
    this.camel = camel;
    this.build = build;
  }

  @EventListener
  void ready(ApplicationReadyEvent event) {
    ConfigurableApplicationContext context = event.getApplicationContext();
    System.out.println(text(context));
    if (context.getEnvironment().getProperty("serai.training", boolean.class, false)) {
      // A start that only writes the class archive: the JVM writes it when it ends.
      Thread end = new Thread(() -> System.exit(SpringApplication.exit(context)), "serai-training");
      end.start();
    }
  }

  private String text(ConfigurableApplicationContext context) {
    BuildProperties known = build.getIfAvailable();
    Environment settings = context.getEnvironment();
    int data = context.getBean(VertxPlatformHttpServer.class).getPort();
    int operator = ((WebServerApplicationContext) context).getWebServer().getPort();
    double seconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0;
    return """

        Serai %s · %s
          data port      http://%s:%d
          operator port  http://%s:%d
          packs          %s
          ready          %d routes in %.1f s"""
        .formatted(
            known == null ? "(not packaged)" : known.getVersion(),
            transport(),
            settings.getRequiredProperty("serai.bind"),
            data,
            settings.getRequiredProperty("serai.operator-bind"),
            operator,
            String.join(", ", packs.names()),
            camel.getRoutesSize(),
            seconds);
  }

  private String transport() {
    String broker =
        transport.mode() == Transport.Mode.EMBEDDED
            ? "embedded broker"
            : "RabbitMQ at " + transport.host() + ":" + transport.port();
    return broker + " (" + transport.reason() + ")";
  }
}
