package dev.serai.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.support.SeraiApp;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code /health/live}, {@code ready} and {@code startup} answer while all is well. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HealthContract {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SeraiApp serai;

  /** Settings that choose the broker. */
  abstract Map<String, String> broker();

  /** What the check {@code rabbitmq} says. */
  abstract String established();

  @BeforeAll
  void start(@TempDir Path data) {
    serai = SeraiApp.start(data, broker());
  }

  @AfterAll
  void stop() {
    serai.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"live", "ready", "startup"})
  void answers_the_conduit_shape(String probe) throws Exception {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> serai.get("/health/" + probe).body().contains("\"status\":\"Healthy\""));
    HttpResponse<String> response = serai.get("/health/" + probe);

    JsonNode report = JSON.readTree(response.body());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(report.fieldNames()).toIterable().containsExactly("status", "checks");
    assertThat(report.path("status").asText()).isEqualTo("Healthy");
    assertThat(report.path("checks").isArray()).isTrue();
    for (JsonNode check : report.path("checks")) {
      assertThat(check.fieldNames()).toIterable().containsExactly("name", "status", "description");
    }
  }

  @Test
  void ready_names_the_broker() throws Exception {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(check("rabbitmq"))
                    .isEqualTo(
                        JSON.createObjectNode()
                            .put("name", "rabbitmq")
                            .put("status", "Healthy")
                            .put("description", established())));
    assertThat(check("route-files").path("status").asText()).isEqualTo("Healthy");
    assertThat(check("topology-files").path("status").asText()).isEqualTo("Healthy");
  }

  @Test
  void startup_names_the_files_and_not_the_broker() throws Exception {
    JsonNode checks = JSON.readTree(serai.get("/health/startup").body()).path("checks");

    assertThat(checks.findValuesAsText("name")).containsExactly("route-files", "topology-files");
  }

  private JsonNode check(String name) throws Exception {
    for (JsonNode check : JSON.readTree(serai.get("/health/ready").body()).path("checks")) {
      if (check.path("name").asText().equals(name)) {
        return check;
      }
    }
    throw new AssertionError("no check " + name);
  }
}
