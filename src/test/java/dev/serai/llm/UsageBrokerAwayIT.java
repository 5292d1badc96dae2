package dev.serai.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.broker.ConnectionState;
import dev.serai.support.RabbitPerTest;
import dev.serai.support.SeraiApp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a call has cost that ends while RabbitMQ is away. */
@Timeout(180)
class UsageBrokerAwayIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONG = Duration.ofSeconds(60);

  @RegisterExtension final RabbitPerTest rabbit = new RabbitPerTest();

  @Test
  void is_told_when_it_is_back_and_the_provider_is_asked_once(@TempDir Path data) throws Exception {
    CountDownLatch answering = new CountDownLatch(1);
    try (ChatServer provider = ChatServer.start();
        SeraiApp serai = SeraiApp.start(data, settings(provider))) {
      provider.replies(
          exchange -> {
            awaitQuietly(answering);
            ChatServer.answer("dear").to(exchange);
          });
      String id = submit(serai);
      await().atMost(LONG).until(() -> provider.requests().size() == 1);

      rabbit.node().kill();
      await().atMost(LONG).until(() -> !serai.bean(ConnectionState.class).connected());
      answering.countDown();

      await().atMost(LONG).until(() -> kept(serai) == 2);
      await()
          .atMost(LONG)
          .until(() -> serai.get("/tasks/" + id).body().contains("\"state\":\"succeeded\""));
      rabbit.node().restart();
      JsonNode usage = next(serai, "helixagent.events.audit", "llm.usage");
      assertThat(usage.path("call").asText()).isEqualTo(id + "/1/1");
      assertThat(usage.path("output_tokens").asInt()).isEqualTo(3);
      JsonNode spend = next(serai, "virtual-key-events.0", "virtual-key.spend-requested");
      assertThat(spend.path("requestId").asText()).isEqualTo(id + "/1/1");
      await().atMost(LONG).until(() -> kept(serai) == 0);
      assertThat(provider.requests()).hasSize(1);
    }
  }

  private Map<String, String> settings(ChatServer provider) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("serai.broker.uri", rabbit.node().uri());
    settings.put("serai.packs", "helixagent, conduit");
    settings.put("serai.consume", "helixagent-*"); // what Conduit is told stays in its queue
    settings.put("conduit.partitions", "1");
    settings.put("serai.broker.reconnect-delay", "200ms");
    settings.put("serai.broker.publish-timeout", "1s");
    settings.put("helixagent.tasks.sweep.interval", "1s");
    settings.put("helixagent.tasks.sweep.publish-after", "2s");
    settings.putAll(provider.asProvider(0, "p", "m"));
    settings.put("helixagent.llm.providers[0].price.output", "1000000");
    return settings;
  }

  private static String submit(SeraiApp serai) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + serai.port() + "/tasks/llm"))
            .header("virtual-key", "vk-17")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}"))
            .build();
    return JSON.readTree(serai.send(request).body()).path("id").asText();
  }

  private static int kept(SeraiApp serai) {
    return serai
        .bean(JdbcClient.class)
        .sql("SELECT COUNT(*) FROM outbox")
        .query(Integer.class)
        .single();
  }

  /** The next event of the key; others are left out. */
  private static JsonNode next(SeraiApp serai, String queue, String key) {
    return await(key)
        .atMost(LONG)
        .ignoreExceptions() // the connection is made again just now
        .until(() -> taken(serai, queue, key), Objects::nonNull);
  }

  private static @Nullable JsonNode taken(SeraiApp serai, String queue, String key)
      throws Exception {
    Message event = serai.bean(RabbitAdmin.class).getRabbitTemplate().receive(queue, 1000);
    return event != null && key.equals(event.getMessageProperties().getReceivedRoutingKey())
        ? JSON.readTree(event.getBody())
        : null;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
