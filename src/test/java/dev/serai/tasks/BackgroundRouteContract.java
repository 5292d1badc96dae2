package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.support.TestPack;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Background tasks that run a route. */
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class BackgroundRouteContract extends TaskCalls {
  @BeforeAll
  void start_with_routes_to_run(@TempDir Path folder) {
    Path routes = folder.resolve("routes");
    TestPack.install(routes, "errands", text -> text);
    TestPack.installShipped(routes, "helixagent");
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("serai.routes", routes.toString());
    settings.put("serai.packs", "helixagent, errands");
    settings.put(
        "helixagent.background.routes", "errands-deliver-parcel, errands-wait-for-parcel, gone");
    settings.put("helixagent.tasks.retry.wait", "100ms");
    settings.put("helixagent.tasks.retry.attempts", "1");
    start(folder.resolve("data"), settings);
  }

  @Test
  void a_route_that_is_allowed_gets_the_body_and_says_the_result() throws Exception {
    String id =
        id(
            post(
                "/tasks/background",
                "{\"route\":\"errands-deliver-parcel\",\"body\":{\"n\":1}}",
                Map.of("tenant", "acme")));

    JsonNode result = awaitState(id, "succeeded").path("result");

    assertThat(result.toString())
        .isEqualTo("{\"task\":\"%s\",\"tenant\":\"acme\",\"parcel\":{\"n\":1}}".formatted(id));
    assertEvent(id, "background", "succeeded");
  }

  @Test
  void one_that_is_not_allowed_is_not_run_and_fails_at_once() throws Exception {
    String id = submit("background", "{\"route\":\"errands-burn-parcel\"}");

    JsonNode task = awaitState(id, "failed");

    assertThat(task.at("/error/code").asText()).isEqualTo("not-possible");
    assertThat(task.at("/error/detail").asText())
        .contains("not-allowed", "\"errands-burn-parcel\"");
    assertThat(task.path("result").isNull()).isTrue();
    assertThat(task.path("attempts")).hasSize(1);
    assertEvent(id, "background", "failed");
    assertThat(receive("helixagent.dlq").path("id").asText()).isEqualTo(id);
  }

  @Test
  void one_that_is_allowed_and_not_there_is_tried_again_as_it_may_come() throws Exception {
    JsonNode task = awaitState(submit("background", "{\"route\":\"gone\"}"), "failed");

    assertThat(task.path("attempts")).hasSize(2);
    assertThat(task.at("/error/code").asText()).isEqualTo("attempts-used-up");
    assertThat(task.at("/error/detail").asText())
        .contains("no-such-route: helixagent.background.routes names \"gone\"");
  }

  @Test
  void a_route_in_work_is_interrupted() throws Exception {
    String id = submit("background", "{\"route\":\"errands-wait-for-parcel\"}");
    await().atMost(LONG).until(() -> get("/tasks/" + id).path("state").asText().equals("running"));

    assertThat(delete(id).statusCode()).isEqualTo(202);

    JsonNode task = awaitState(id, "cancelled");
    assertThat(task.at("/attempts/0/outcome").asText()).isEqualTo("cancelled");
    assertEvent(id, "background", "cancelled");
  }
}
