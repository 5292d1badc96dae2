package dev.serai.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The data port before the routes of the files are there, and when their threads have gone. */
@SuppressWarnings("NullAway.Init") // started before each test
class DataPortTest {
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final HttpDoor door = new HttpDoor();
  private DataPort.HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        new DataPort()
            .dataPortServer(
                camel,
                new DataPort.Doors(new Origins(""), door),
                0,
                "127.0.0.1",
                new RequestBody(100, new ByteBudget(100)));
    camel.start();
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void callers_are_asked_to_come_again_and_not_told_that_nothing_is_there() throws Exception {
    HttpResponse<String> early = publish();
    door.open(); // as after the first routes
    HttpResponse<String> late = publish();

    assertThat(early.statusCode()).isEqualTo(503);
    assertThat(early.body()).contains("\"code\":\"starting\"");
    assertThat(early.headers().firstValue("retry-after")).contains("1");
    assertThat(late.statusCode()).isEqualTo(404);
  }

  @Test
  void a_request_that_comes_while_it_stops_is_answered() throws Exception {
    AtomicBoolean stops = new AtomicBoolean();
    Executor workers =
        task -> {
          if (stops.get()) {
            throw new RejectedExecutionException("stopped");
          }
          new Thread(task).start();
        };
    camel.getRegistry().bind("platform-http-engine", new AsyncHttpEngine(workers));
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("platform-http:/publish/a/b").setBody(constant("published"));
          }
        });
    door.open();

    HttpResponse<String> before = publish();
    stops.set(true);
    HttpResponse<String> after = publish();

    assertThat(before.statusCode()).isEqualTo(200);
    assertThat(after.statusCode()).isEqualTo(503);
    assertThat(after.body()).contains("\"code\":\"route-suspended\"");
    assertThat(after.headers().firstValue("retry-after")).contains("5");
  }

  private HttpResponse<String> publish() throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.getPort() + "/publish/a/b");
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString("{}")).build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
