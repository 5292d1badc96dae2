package dev.serai.llm;

import static dev.serai.llm.ChatServer.answer;
import static dev.serai.llm.ChatServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.support.SeraiApp;
import dev.serai.tasks.Submissions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

/** Verifications on a whole Serai, which also makes one of each provider by itself. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class VerificationContract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String EVENTS = "helixagent.events.verify";

  private final ChatServer server = ChatServer.start();
  private SeraiApp serai;

  /** Settings that choose the broker; it has no queues yet. */
  abstract Map<String, String> broker();

  @BeforeAll
  void start(@TempDir Path data) {
    server.replies(answer("OK"));
    Map<String, String> settings = new LinkedHashMap<>(broker());
    settings.put("serai.packs", "helixagent, conduit");
    settings.put("serai.consume", "helixagent-*"); // what Conduit is told stays in its queue
    settings.put("conduit.partitions", "1");
    settings.put("helixagent.tasks.sweep.interval", "1s");
    settings.put("helixagent.verification.every", "7d"); // once in this test, unless a week ends
    settings.put("helixagent.verification.timeout", "3s");
    settings.putAll(server.asProvider(0, "a", "m"));
    settings.put("helixagent.llm.providers[0].price.input", "1000000");
    settings.put("helixagent.llm.providers[0].price.output", "2000000");
    serai = SeraiApp.start(data, settings);
    assertThat(next("verify.passed").path("provider").asText()).isEqualTo("a");
    assertThat(next("verify.passed").path("provider").asText()).isEqualTo("simulated");
    server.anew();
  }

  @AfterAll
  void stop() {
    serai.close();
    server.close();
  }

  @AfterEach
  void forget() {
    server.anew();
  }

  @Test
  void by_itself_each_provider_is_verified_once_in_a_period() {
    Submissions submissions = serai.bean(Submissions.class);

    assertThat(serai.bean(VerificationSchedule.class).due("7d"))
        .hasSize(2)
        .allSatisfy(
            due ->
                assertThat(submissions.submit(due.task(), due.request()).outcome())
                    .isEqualTo("same"));
  }

  @Test
  void a_good_provider_is_healthy_and_that_is_published() throws Exception {
    server.replies(answer("OK"));

    JsonNode result = verify("a");

    assertThat(result.path("healthy").asBoolean()).isTrue();
    assertThat(result.at("/checks/models/latency_ms").isNumber()).isTrue();
    assertThat(result.at("/checks/completion/output_tokens").asInt()).isEqualTo(3);
    assertThat(next("verify.passed")).isEqualTo(result);
  }

  @Test
  void a_bad_one_is_a_result_after_one_attempt() throws Exception {
    server.lists(ChatServer.models("other")).replies(status(500, "{}"));

    JsonNode result = verify("a");

    assertThat(result.path("healthy").asBoolean(true)).isFalse();
    assertThat(result.path("reasons"))
        .extracting(JsonNode::asText)
        .containsExactly("models: does not list m", "completion: status 500");
    assertThat(next("verify.failed")).isEqualTo(result);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void a_slow_one_is_bad() throws Exception {
    server.replies(server.silence());

    assertThat(verify("a").path("reasons"))
        .extracting(JsonNode::asText)
        .containsExactly("completion: no end within 3.0s");
    next("verify.failed");
  }

  @Test
  void an_unknown_one_is_404_and_nothing_is_queued() throws Exception {
    int before = tasks();

    HttpResponse<String> answer = serai.post("/helixagent/providers/nobody/verify", "");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(JSON.readTree(answer.body()).path("code").asText()).isEqualTo("unknown-provider");
    assertThat(serai.post("/tasks/verification", "{\"provider\":\"nobody\"}").statusCode())
        .isEqualTo(404);
    assertThat(tasks()).isEqualTo(before);
  }

  @Test
  void what_it_costs_is_told_on_the_account_of_the_virtual_key() throws Exception {
    server.replies(answer("OK"));

    HttpResponse<String> accepted =
        serai.send(
            HttpRequest.newBuilder(
                    URI.create(
                        "http://127.0.0.1:" + serai.port() + "/helixagent/providers/a/verify"))
                .header("virtual-key", "vk-17")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());

    assertThat(accepted.statusCode()).isEqualTo(202);
    assertThat(accepted.body()).doesNotContain("vk-17");
    JsonNode spend = next("virtual-key-events.0", "virtual-key.spend-requested");
    assertThat(spend.path("virtualKeyId").asText()).isEqualTo("vk-17");
    assertThat(spend.path("amount").asInt()).isEqualTo(7 + 2 * 3);
    assertThat(spend.path("requestId").asText())
        .isEqualTo(JSON.readTree(accepted.body()).path("id").asText() + "/1/1");
    next("verify.passed");
  }

  private int tasks() throws Exception {
    return JSON.readTree(serai.get("/tasks?type=verification&limit=1000").body())
        .path("items")
        .size();
  }

  private JsonNode verify(String provider) throws Exception {
    HttpResponse<String> accepted = serai.post("/helixagent/providers/" + provider + "/verify", "");
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    String location = accepted.headers().firstValue("Location").orElseThrow();
    return await()
        .atMost(LONG)
        .until(
            () -> JSON.readTree(serai.get(location).body()),
            task -> task.path("state").asText().equals("succeeded"))
        .path("result");
  }

  private JsonNode next(String key) {
    return next(EVENTS, key);
  }

  private JsonNode next(String queue, String key) {
    Message message =
        Objects.requireNonNull(
            serai.bean(RabbitAdmin.class).getRabbitTemplate().receive(queue, LONG.toMillis()));
    assertThat(message.getMessageProperties().getReceivedRoutingKey()).isEqualTo(key);
    try {
      return JSON.readTree(message.getBody());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
