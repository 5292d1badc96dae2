package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.llm.ChatServer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of tasks whose messages the broker has confirmed, and lost. */
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class LostMessagesContract extends TaskCalls {
  private final ChatServer provider = ChatServer.start();

  @BeforeAll
  void start_with_a_provider(@TempDir Path data) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("serai.consume", "helixagent-work-on-llm, helixagent-sweep-*");
    settings.put("helixagent.llm.workers", "1");
    settings.putAll(provider.asProvider(0, "p", "m"));
    settings.put("helixagent.tasks.retry.wait", "100ms");
    settings.put("helixagent.tasks.sweep.interval", "1s");
    settings.put("helixagent.tasks.sweep.publish-after", "1s");
    start(data, settings);
  }

  @AfterAll
  void stop_the_provider() {
    provider.close();
  }

  @Test
  void a_task_ends_although_its_queue_was_purged() throws Exception {
    CountDownLatch answering = new CountDownLatch(1);
    provider.replies(
        exchange -> {
          awaitQuietly(answering);
          ChatServer.answer("late").to(exchange);
        },
        ChatServer.answer("at once"));
    String working = submit("llm", CHAT);
    Awaitility.await().atMost(LONG).until(() -> provider.requests().size() == 1);
    String waiting = submit("llm", CHAT);
    awaitDepth("helixagent.tasks.llm", 1);

    purge("helixagent.tasks.llm");
    awaitDepth("helixagent.tasks.llm", 1); // published again while the worker is still busy
    answering.countDown();

    awaitState(working, "succeeded");
    assertThat(awaitState(waiting, "succeeded").path("attempts")).hasSize(1);
    assertThat(provider.requests()).hasSize(2);
  }

  @Test
  void those_that_wait_behind_others_have_one_message_each() throws Exception {
    submit("debate", "{\"question\":\"q\",\"participants\":[{},{}],\"rounds\":1}");
    submit("debate", "{\"question\":\"r\",\"participants\":[{},{}],\"rounds\":1}");
    submit("verification", "{\"provider\":\"p\"}");
    awaitDepth("helixagent.tasks.debate", 2);

    purge("helixagent.tasks.verification");
    awaitDepth("helixagent.tasks.verification", 1); // the sweep has looked at what is old enough
    purge("helixagent.tasks.verification");
    awaitDepth("helixagent.tasks.verification", 1);

    assertThat(depth("helixagent.tasks.debate")).isEqualTo(2);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
