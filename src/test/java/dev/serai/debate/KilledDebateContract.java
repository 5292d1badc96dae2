package dev.serai.debate;

import static dev.serai.llm.ChatServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.llm.ChatServer;
import dev.serai.support.SeraiProcess;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a debate when the process is killed between two rounds. */
@Timeout(180)
abstract class KilledDebateContract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONG = Duration.ofSeconds(60);

  private final ChatServer a = ChatServer.start();
  private final ChatServer b = ChatServer.start();
  private final ChatServer c = ChatServer.start();

  /** Settings that choose the broker and the database; both are empty. */
  abstract Map<String, String> surroundings();

  @AfterEach
  void close() {
    List.of(a, b, c).forEach(ChatServer::close);
  }

  @Test
  void it_goes_on_with_the_round_and_nobody_is_asked_again_what_was_answered(@TempDir Path data)
      throws Exception {
    for (ChatServer server : List.of(a, b, c)) {
      server.replies(answer("First."), server.silence(), answer("Second."));
    }
    try (SeraiProcess serai =
        SeraiProcess.start(data, DebateSettings.with(surroundings(), a, b, c))) {
      HttpResponse<String> accepted =
          serai.post("/tasks/debate", DebateSettings.request("\"rounds\":2"));
      String id = JSON.readTree(accepted.body()).path("id").asText();
      await()
          .atMost(LONG)
          .until(() -> List.of(a, b, c).stream().allMatch(server -> server.requests().size() == 2));

      serai.kill();
      serai.restart();

      JsonNode task =
          await()
              .atMost(LONG)
              .until(
                  () -> JSON.readTree(serai.get("/tasks/" + id).body()),
                  now -> now.path("state").asText().equals("succeeded"));
      assertThat(task.at("/result/rounds").findValuesAsText("text"))
          .containsExactly("First.", "First.", "First.", "Second.", "Second.", "Second.");
    }
    assertThat(List.of(a, b, c))
        .allSatisfy(
            server ->
                assertThat(
                        IntStream.range(0, server.requests().size())
                            .filter(i -> !DebateSettings.words(server, i).contains("last round")))
                    .filteredOn(i -> !DebateSettings.words(server, i).contains("judge"))
                    .containsExactly(0));
  }
}
