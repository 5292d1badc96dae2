package dev.serai.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.support.SeraiApp;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of the routes and may do to them. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class RouteConsoleContract {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ENTRY = "debias-post-event";
  private static final String WORKER = "debias-store-event-in-graph";
  private static final String EVENT =
      "{\"user_id\":7,\"product_id\":8,\"event_type\":\"view\",\"user_session\":\"s\"}";

  private SeraiApp serai;

  /** Settings that choose a broker without messages. */
  abstract Map<String, String> broker();

  @BeforeAll
  void start(@TempDir Path data) {
    Map<String, String> settings = new LinkedHashMap<>(broker());
    settings.put("serai.packs", "debias");
    serai = SeraiApp.start(data, settings);
  }

  @AfterAll
  void stop() {
    serai.close();
  }

  @AfterEach
  void every_route_runs() throws Exception {
    assertThat(change(ENTRY, "start").statusCode()).isEqualTo(200);
    assertThat(change(WORKER, "start").statusCode()).isEqualTo(200);
  }

  @Test
  void camels_own_consoles_show_and_change_nothing() throws Exception {
    JsonNode consoles = JSON.readTree(serai.operatorGet("/consoles").body()).path("items");

    assertThat(consoles.size()).isGreaterThan(12);
    for (JsonNode console : consoles) {
      HttpResponse<String> shown =
          serai.operatorGet("/consoles/" + console.path("id").asText() + "?limit=2");
      assertThat(shown.statusCode()).as("%s: %s", console, shown.body()).isEqualTo(200);
      assertThat(JSON.readTree(shown.body()).isObject()).as(shown.body()).isTrue();
    }
    JsonNode one =
        JSON.readTree(
            serai.operatorGet("/consoles/route?action=stop&filter=debias-take-event").body());
    assertThat(one.path("routes").findValuesAsText("routeId")).containsExactly("debias-take-event");
    assertThat(route("debias-take-event").path("state").asText()).isEqualTo("started");
    HttpResponse<String> wrong = serai.operatorGet("/consoles/top?limit=abc");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("bad-limit");
    HttpResponse<String> none = serai.operatorGet("/consoles/send");
    assertThat(none.statusCode()).isEqualTo(404);
    assertThat(none.body()).contains("unknown-console", "No console is named");
  }

  @Test
  void shows_what_a_route_has_done_and_what_failed_last() throws Exception {
    long before = route("debias-take-event").path("processed").asLong();

    serai.post("/events", "{\"user_id\":\"x\"}");

    JsonNode route = route("debias-take-event");
    assertThat(route.path("processed").asLong()).isEqualTo(before + 1);
    assertThat(route.path("failed").asLong()).isPositive();
    assertThat(route.path("inFlight").asLong()).isZero();
    assertThat(route.path("lastError").asText())
        .startsWith("#/user_id string found, integer expected");
    assertThat(route.path("lastErrorAt").asText()).startsWith("20").endsWith("Z");
    assertThat(route(ENTRY).path("lastError").isNull()).isTrue();
  }

  @Test
  void names_where_each_route_takes_its_messages_from() throws Exception {
    assertThat(route(ENTRY).path("from").asText()).isEqualTo("POST /events");
    assertThat(route(WORKER).path("from").asText()).isEqualTo("queue events.neo4j");
    assertThat(route("shared-publish").path("from").asText()).isEqualTo("direct:shared-publish");
    assertThat(route("shared-operator-get-dlq-queue").path("from").asText())
        .isEqualTo("GET /dlq/{queue}");
  }

  @Test
  void a_suspended_worker_leaves_messages_in_its_queue_until_it_is_resumed() throws Exception {
    assertThat(json(change(WORKER, "suspend")).path("state").asText()).isEqualTo("suspended");

    serai.post("/events", EVENT);

    await().atMost(LONG).untilAsserted(() -> assertThat(waiting("events.neo4j")).isEqualTo(1));
    assertThat(json(change(WORKER, "resume")).path("state").asText()).isEqualTo("started");
    await().atMost(LONG).untilAsserted(() -> assertThat(waiting("events.neo4j")).isZero());
  }

  @Test
  void a_stopped_worker_gives_its_consumers_back_until_it_is_started() throws Exception {
    assertThat(json(change(WORKER, "stop")).path("state").asText()).isEqualTo("stopped");

    await().atMost(LONG).untilAsserted(() -> assertThat(consumers("events.neo4j")).isZero());
    assertThat(json(change(WORKER, "start")).path("state").asText()).isEqualTo("started");
    await().atMost(LONG).untilAsserted(() -> assertThat(consumers("events.neo4j")).isPositive());
  }

  @Test
  void a_suspended_or_stopped_entry_asks_its_callers_to_come_again() throws Exception {
    for (String action : new String[] {"suspend", "stop"}) {
      change(ENTRY, action);

      HttpResponse<String> answer = serai.post("/events", EVENT);

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).contains("5");
      assertThat(json(answer).path("code").asText()).isEqualTo("route-suspended");
      change(ENTRY, "start");
      assertThat(serai.post("/events", EVENT).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void doing_it_twice_changes_nothing() throws Exception {
    assertThat(change(ENTRY, "start").statusCode()).isEqualTo(200);
    assertThat(change(ENTRY, "stop").statusCode()).isEqualTo(200);
    assertThat(json(change(ENTRY, "stop")).path("state").asText()).isEqualTo("stopped");
  }

  @Test
  void a_stopped_route_stays_so_when_it_is_suspended_and_goes_on_when_it_is_resumed()
      throws Exception {
    change(ENTRY, "stop");

    assertThat(json(change(ENTRY, "suspend")).path("state").asText()).isEqualTo("stopped");
    assertThat(json(change(ENTRY, "resume")).path("state").asText()).isEqualTo("started");
  }

  @Test
  void an_unknown_route_is_answered_with_the_one_that_is_meant() throws Exception {
    refused(
        change("debias-post-evnt", "stop"),
        404,
        "unknown-route",
        "No route is named \"debias-post-evnt\"; did you mean \"debias-post-event\"?");
    refused(
        change("nothing-like-it", "stop"),
        404,
        "unknown-route",
        "No route is named \"nothing-like-it\"; see GET /routes.");
  }

  @Test
  void an_unknown_action_is_answered_with_those_that_are_known() throws Exception {
    refused(
        change(ENTRY, "remove"),
        404,
        "unknown-action",
        "A route can be suspended, resumed, stopped or started; write suspend, resume, stop or"
            + " start, not \"remove\".");
  }

  @Test
  void the_operator_port_itself_is_not_stopped() throws Exception {
    refused(
        change("shared-operator-post-routes-action", "stop"),
        409,
        "operator-route",
        "\"shared-operator-post-routes-action\" serves the operator port itself and always runs.");
  }

  @Test
  void a_route_that_others_call_is_not_stopped() throws Exception {
    refused(
        change("shared-publish", "suspend"),
        409,
        "called-route",
        "\"shared-publish\" is called by other routes, which would wait for it in vain; change one"
            + " that takes requests or a queue, as GET /routes lists them.");
    assertThat(serai.post("/events", EVENT).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> change(String route, String action) throws Exception {
    return serai.operatorPost("/routes/%s/%s".formatted(route, action), "");
  }

  private JsonNode route(String id) throws Exception {
    for (JsonNode route : json(serai.operatorGet("/routes")).path("items")) {
      if (route.path("id").asText().equals(id)) {
        return route;
      }
    }
    throw new AssertionError("GET /routes has no " + id);
  }

  private long waiting(String queue) throws Exception {
    return queue(queue).path("messages").asLong();
  }

  private long consumers(String queue) throws Exception {
    return queue(queue).path("consumers").asLong();
  }

  private JsonNode queue(String name) throws Exception {
    for (JsonNode queue : json(serai.operatorGet("/topology")).path("queues")) {
      if (queue.path("name").asText().equals(name)) {
        return queue;
      }
    }
    throw new AssertionError("GET /topology has no " + name);
  }

  private static void refused(HttpResponse<String> answer, int status, String code, String detail)
      throws Exception {
    JsonNode problem = json(answer);
    assertThat(problem.path("detail").asText()).isEqualTo(detail);
    assertThat(problem.path("code").asText()).isEqualTo(code);
    assertThat(answer.statusCode()).isEqualTo(status);
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return JSON.readTree(answer.body());
  }
}
