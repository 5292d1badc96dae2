package dev.serai.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.support.SeraiApp;
import dev.serai.support.TestPack;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client gets when a route leaves an answer that cannot be sent. */
@Timeout(30)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnwritableAnswersTest {
  private SeraiApp serai;

  @BeforeAll
  void start(@TempDir Path folder) {
    TestPack.install(folder.resolve("routes"), "answers", text -> text);
    serai =
        SeraiApp.start(
            folder.resolve("data"),
            Map.of(
                "serai.routes", folder.resolve("routes").toString(),
                "serai.broker.mode", "embedded",
                "serai.broker.embedded.durable", "false"));
  }

  @AfterAll
  void stop() {
    serai.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"header", "body", "status"})
  void is_a_problem_and_nothing_of_the_answer(String what) throws Exception {
    HttpResponse<String> response = serai.get("/odd/" + what);

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(response.headers().map()).doesNotContainKeys("X-Good", "X-Odd", "Set-Cookie");
    assertThat(new ObjectMapper().readTree(response.body()).path("code").asText())
        .isEqualTo("internal");
  }
}
