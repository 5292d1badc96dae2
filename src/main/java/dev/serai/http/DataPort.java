package dev.serai.http;

import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** The port that applications talk to. */
@Configuration(proxyBeanMethods = false)
class DataPort {
  /** Of the routes that it serves. */
  static final String SCHEME = "platform-http";

  private static final int WORKERS = 20;

  /**
   * The Vert.x server of the data port.
   *
   * @param port 0 chooses a free one
   */
  @Bean
  HttpServer dataPortServer(
      CamelContext camel,
      Doors doors,
      @Value("${serai.port}") int port,
      @Value("${serai.bind}") String address,
      RequestBody bodies)
      throws Exception {
    VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
    configuration.setBindHost(address);
    configuration.setBindPort(port);
    configuration.setPath("/");
    HttpServer server = new HttpServer(configuration, bodies, doors);
    camel.addService(server);
    camel.getRegistry().bind("platform-http-engine", new AsyncHttpEngine(workers(camel, server)));
    return server;
  }

  /**
   * The threads that routes of requests run on. Not those of Vert.x, which tell the event loop of
   * each task that it is done: another wake-up per request.
   */
  private static ExecutorService workers(CamelContext camel, HttpServer server) {
    ThreadPoolProfile profile = new ThreadPoolProfile("serai-http");
    profile.setPoolSize(WORKERS);
    profile.setMaxPoolSize(WORKERS);
    profile.setMaxQueueSize(Integer.MAX_VALUE); // the bytes of all bodies are bounded
    profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
    return camel.getExecutorServiceManager().newThreadPool(server, "serai-http", profile);
  }

  /**
   * Reads the bodies of requests.
   *
   * @param largest size of one
   * @param percent of the heap that all together may have
   */
  @Bean
  RequestBody dataPortBodies(
      @Value("${serai.http.max-body-size}") DataSize largest,
      @Value("${serai.http.bodies-percent}") int percent) {
    return new RequestBody(largest.toBytes(), ByteBudget.ofHeap(percent));
  }

  /** What a request passes before its route. */
  record Doors(Origins origins, HttpDoor door) {}

  @Bean
  Doors dataPortDoors(Origins origins, HttpDoor door) {
    return new Doors(origins, door);
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
    private final Doors doors;

    HttpServer(
        VertxPlatformHttpServerConfiguration configuration, RequestBody bodies, Doors doors) {
      super(configuration);
      this.router = VertxPlatformHttpRouter.getRouterNameFromPort(configuration.getPort());
      this.bodies = bodies;
      this.doors = doors;
    }

    @Override
    protected void initializeServer() {
      super.initializeServer();
      VertxPlatformHttpRouter made = VertxPlatformHttpRouter.lookup(getCamelContext(), router);
      getCamelContext().getRegistry().unbind(router); // else both are there and the first is found
      Entries entries = new Entries(getCamelContext());
      DataPortRouter guarded = new DataPortRouter(this, made, bodies, doors.door(), entries);
      guarded.route().order(Integer.MIN_VALUE).handler(doors.origins());
      getCamelContext().getRegistry().bind(router, guarded);
    }
  }
}
