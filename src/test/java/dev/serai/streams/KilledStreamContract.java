package dev.serai.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.streams.Follower.Event;
import dev.serai.support.SeraiProcess;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stream whose worker is killed begins again, marked, for a caller that comes back. */
@Timeout(180)
abstract class KilledStreamContract {
  private static final Duration LONG = Duration.ofSeconds(60);

  /** Settings that choose the broker and the database; both are empty. */
  abstract Map<String, String> surroundings();

  @Test
  void it_is_marked_where_the_answer_begins_anew(@TempDir Path data) throws Exception {
    try (SeraiProcess serai = SeraiProcess.start(data, settings())) {
      HttpResponse<String> accepted =
          serai.post(
              "/tasks/llm",
              "{\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"one two three\"}]}");
      String id = new ObjectMapper().readTree(accepted.body()).path("id").asText();
      List<Event> seen = new ArrayList<>();
      try (Follower first = new Follower(serai, id, "")) {
        await().atMost(LONG).until(() -> first.pieces().size() >= 3);
        serai.kill();
        seen.addAll(first.pieces());
      }
      serai.restart();

      try (Follower second = new Follower(serai, id, seen.get(seen.size() - 1).id())) {
        await().atMost(LONG).until(second::hasEnded);
        seen.addAll(second.pieces());
        assertThat(second.end().path("attempts")).hasSize(2);
      }

      assertThat(seen).extracting(Event::id).doesNotHaveDuplicates();
      assertThat(seen.stream().filter(piece -> piece.data().path("restarted").asBoolean()))
          .extracting(Event::id)
          .containsExactly("2.1.1");
      assertThat(Follower.text(seen))
          .isEqualTo("This answer is simulated. You said: one two three");
    }
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>(surroundings());
    settings.put("serai.packs", "helixagent");
    settings.put("serai.db.answer-timeout", "4s");
    settings.put("helixagent.llm.simulated.delay", "200ms");
    settings.put("helixagent.tasks.lease", "9s");
    settings.put("helixagent.tasks.renewal", "200ms");
    settings.put("helixagent.tasks.sweep.interval", "1s");
    settings.put("helixagent.tasks.sweep.publish-after", "1s");
    return settings;
  }
}
