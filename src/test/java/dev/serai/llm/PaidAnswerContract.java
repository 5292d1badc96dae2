package dev.serai.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.support.SeraiApp;
import dev.serai.support.StallingProxy;
import dev.serai.support.TestPostgres;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** An answer that comes while the database is away. */
@Timeout(180)
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PaidAnswerContract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONG = Duration.ofSeconds(60);

  /** Settings that choose the broker; it has no queues yet. */
  abstract Map<String, String> broker();

  @Test
  void it_is_told_and_kept_and_the_provider_is_asked_once(@TempDir Path data, CapturedOutput output)
      throws Exception {
    URI database = URI.create(TestPostgres.emptyDatabase());
    CountDownLatch answering = new CountDownLatch(1);
    try (StallingProxy proxy = new StallingProxy(database.getPort());
        ChatServer provider = ChatServer.start();
        SeraiApp serai = SeraiApp.start(data, settings(database, proxy, provider))) {
      provider.replies(
          exchange -> {
            awaitQuietly(answering);
            ChatServer.answer("dear").to(exchange);
          });
      String request = "{\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
      String id = JSON.readTree(serai.post("/tasks/llm", request).body()).path("id").asText();
      await().atMost(LONG).until(() -> provider.requests().size() == 1);

      proxy.stall();
      proxy.breakConnections();
      answering.countDown();

      assertThat(next(serai)).isEqualTo("llm.usage");
      await().atMost(LONG).until(() -> output.getAll().contains("cannot be stored yet"));
      proxy.resume();
      JsonNode task =
          await()
              .atMost(LONG)
              .until(
                  () -> JSON.readTree(serai.get("/tasks/" + id).body()),
                  found -> found.path("state").asText().equals("succeeded"));
      assertThat(task.at("/result/choices/0/message/content").asText()).isEqualTo("dear");
      assertThat(task.path("attempts")).hasSize(1);
      assertThat(next(serai)).isEqualTo("task.llm.succeeded");
      assertThat(provider.requests()).hasSize(1);
    }
  }

  private Map<String, String> settings(URI database, StallingProxy proxy, ChatServer provider) {
    Map<String, String> settings = new LinkedHashMap<>(broker());
    settings.put("serai.packs", "helixagent");
    settings.put(
        "serai.db.url", database.toString().replace(":" + database.getPort(), ":" + proxy.port()));
    settings.put("serai.db.connect-timeout", "1s");
    settings.put("helixagent.tasks.result.retries", "60");
    settings.put("helixagent.tasks.sweep.interval", "1s");
    settings.put("helixagent.tasks.sweep.announce-after", "1s");
    settings.putAll(provider.asProvider(0, "p", "m"));
    return settings;
  }

  /** The key of the next event. */
  private static String next(SeraiApp serai) {
    Message event =
        serai
            .bean(RabbitAdmin.class)
            .getRabbitTemplate()
            .receive("helixagent.events.audit", LONG.toMillis());
    return Objects.requireNonNull(event).getMessageProperties().getReceivedRoutingKey();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
