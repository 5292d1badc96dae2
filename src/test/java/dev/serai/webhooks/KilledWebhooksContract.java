package dev.serai.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.support.SeraiProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of deliveries when the process ends that makes them. */
@Timeout(180)
abstract class KilledWebhooksContract {
  private static final int EVENTS = 60;

  /** Settings that choose the broker and the database. */
  abstract Map<String, String> surroundings();

  @Test
  void all_of_them_are_made_after_it_was_killed(@TempDir Path data) throws Exception {
    try (Receiver receiver = new Receiver();
        SeraiProcess serai = SeraiProcess.start(data, WebhookFixture.settings(surroundings()))) {
      Set<String> ids = begin(serai, receiver);

      serai.kill();
      receiver.answer("ended", Receiver.Answer.of(204));
      serai.restart();

      awaitAll(receiver, ids);
    }
  }

  @Test
  void all_of_them_are_made_at_once_after_it_was_stopped(@TempDir Path data) throws Exception {
    Map<String, String> settings = WebhookFixture.settings(surroundings());
    settings.put("serai.webhooks.lease", "10m"); // nobody waits for that
    try (Receiver receiver = new Receiver();
        SeraiProcess serai = SeraiProcess.start(data, settings)) {
      Set<String> ids = begin(serai, receiver);

      serai.stop();
      receiver.answer("ended", Receiver.Answer.of(204));
      serai.restart();

      awaitAll(receiver, ids);
    }
  }

  /** Events of which some are under way to a receiver that does not answer; their ids. */
  private static Set<String> begin(SeraiProcess serai, Receiver receiver) throws Exception {
    receiver.answer("ended", new Receiver.Answer(0, Map.of(), ""));
    WebhookFixture webhooks = new WebhookFixture(serai);
    webhooks.addFor(receiver.url("ended"));
    Set<String> ids = Set.copyOf(webhooks.notifyAll(EVENTS));
    await().atMost(Duration.ofSeconds(20)).until(() -> receiver.of("ended").size() >= 10);
    return ids;
  }

  private static void awaitAll(Receiver receiver, Set<String> ids) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(taken(receiver)).containsAll(ids));
  }

  /** Not those that were left without an answer. */
  private static Set<String> taken(Receiver receiver) {
    return receiver.of("ended").stream()
        .filter(Receiver.Call::answered)
        .map(Receiver.Call::id)
        .collect(Collectors.toSet());
  }
}
