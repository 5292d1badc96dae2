package dev.serai.http;

import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** The port that applications talk to. */
@Configuration(proxyBeanMethods = false)
class DataPort {
  /** Of the routes that it serves. */
  static final String SCHEME = "platform-http";

  /**
   * The Vert.x server of the data port.
   *
   * @param port 0 chooses a free one
   */
  @Bean
  HttpServer dataPortServer(
      CamelContext camel,
      HttpDoor door,
      @Value("${serai.port}") int port,
      @Value("${serai.bind}") String address,
      @Value("${serai.http.max-body-size}") DataSize maxBody)
      throws Exception {
    VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
    configuration.setBindHost(address);
    configuration.setBindPort(port);
    configuration.setPath("/");
    HttpServer server = new HttpServer(configuration, new RequestBody(maxBody.toBytes()), door);
    camel.addService(server);
    camel.getRegistry().bind("platform-http-engine", new AsyncHttpEngine());
    return server;
  }

  /** Serves the rest blocks of {@code routes/shared/operator} on the operator port, others here. */
  @Bean("rest-component")
  RestPorts restPorts() {
    return new RestPorts();
  }

  /** Named, because Camel names its thread pool after the class. */
  static final class HttpServer extends VertxPlatformHttpServer {
    private final String router;
    private final RequestBody bodies;
    private final HttpDoor door;

    HttpServer(
        VertxPlatformHttpServerConfiguration configuration, RequestBody bodies, HttpDoor door) {
      super(configuration);
      this.router = VertxPlatformHttpRouter.getRouterNameFromPort(configuration.getPort());
      this.bodies = bodies;
      this.door = door;
    }

    @Override
    protected void initializeServer() {
      super.initializeServer();
      VertxPlatformHttpRouter made = VertxPlatformHttpRouter.lookup(getCamelContext(), router);
      getCamelContext().getRegistry().unbind(router); // else both are there and the first is found
      Entries entries = new Entries(getCamelContext());
      getCamelContext()
          .getRegistry()
          .bind(router, new DataPortRouter(this, made, bodies, door, entries));
    }
  }
}
