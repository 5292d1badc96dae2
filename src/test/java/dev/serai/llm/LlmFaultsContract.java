package dev.serai.llm;

import static dev.serai.llm.ChatServer.cut;
import static dev.serai.llm.ChatServer.end;
import static dev.serai.llm.ChatServer.piece;
import static dev.serai.llm.ChatServer.stream;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.amqp.core.Message;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of streamed answers that break, by policy, on a whole Serai with two providers. */
@Timeout(300)
abstract class LlmFaultsContract extends StreamedTasks {
  private static final String MALFORMED = "data: {no JSON\n\n";

  @ParameterizedTest
  @CsvSource({
    "error,    malformed", "error,    slow",
    "restart,  malformed", "restart,  slow",
    "continue, malformed", "continue, slow"
  })
  void before_its_first_token_the_next_provider_answers(String policy, String fault)
      throws Exception {
    choose(policy);
    a.replies(fault.equals("slow") ? a.endless(": wait\n\n") : stream(MALFORMED));
    b.replies(stream(piece("upon") + end()));

    JsonNode task = succeeded();

    assertThat(text(task)).isEqualTo("upon");
    assertThat(task.path("attempts")).hasSize(1);
    assertThat(task.at("/result/serai/provider").asText()).isEqualTo("b");
    assertThat(task.at("/result/serai/calls").asInt()).isEqualTo(2);
    assertThat(restarts(task)).containsExactly(false);
    assertThat(!fault.equals("slow") || a.isLeft()).as("the call is closed").isTrue();
    assertPaid(task, "failed");
  }

  @ParameterizedTest
  @CsvSource({"cut", "malformed"})
  void after_it_the_attempt_fails_with_policy_error(String fault) throws Exception {
    choose("error");
    a.replies(broken(fault), stream(piece("upon") + end()));

    JsonNode task = succeeded();

    assertThat(text(task)).isEqualTo("upon");
    assertThat(task.path("attempts")).hasSize(2);
    assertThat(task.at("/attempts/0/error").asText()).startsWith("answer-cut: a: ");
    assertThat(task.at("/result/serai/calls").asInt()).isEqualTo(1);
    assertThat(restarts(task)).containsExactly(false, true);
    assertThat(b.requests()).isEmpty();
    assertPaid(task, "cut");
  }

  @ParameterizedTest
  @CsvSource({"cut", "malformed"})
  void after_it_the_next_provider_begins_again_with_policy_restart(String fault) throws Exception {
    choose("restart");
    a.replies(broken(fault));
    b.replies(stream(piece("upon") + end()));

    JsonNode task = succeeded();

    assertThat(text(task)).isEqualTo("upon");
    assertThat(task.path("attempts")).hasSize(1);
    assertThat(task.at("/result/serai/calls").asInt()).isEqualTo(2);
    assertThat(restarts(task)).containsExactly(false, true);
    assertThat(b.requests().get(0).path("messages")).hasSize(1);
    assertPaid(task, "cut");
  }

  @ParameterizedTest
  @CsvSource({"cut", "malformed"})
  void after_it_the_next_provider_goes_on_with_policy_continue(String fault) throws Exception {
    choose("continue");
    a.replies(broken(fault));
    b.replies(stream(piece("upon") + end()));

    JsonNode task = succeeded();

    assertThat(text(task)).isEqualTo("Once upon");
    assertThat(task.path("attempts")).hasSize(1);
    assertThat(task.at("/result/serai/calls").asInt()).isEqualTo(2);
    assertThat(restarts(task)).containsExactly(false, false);
    assertThat(b.requests().get(0).at("/messages/1/content").asText()).isEqualTo("Once ");
    assertPaid(task, "cut");
  }

  private static ChatServer.Reply broken(String fault) {
    String first = piece("Once ");
    return fault.equals("cut") ? cut(first) : stream(first + MALFORMED + piece("never") + end());
  }

  /** Each call was told of, and takes nothing of a budget any more. */
  private void assertPaid(JsonNode task, String first) throws Exception {
    List<String> outcomes = new ArrayList<>();
    Message event = next();
    while (event.getMessageProperties().getReceivedRoutingKey().equals("llm.usage")) {
      JsonNode usage = JSON.readTree(event.getBody());
      assertThat(usage.path("task").asText()).isEqualTo(task.path("id").asText());
      outcomes.add(usage.path("outcome").asText());
      event = next();
    }
    assertThat(event.getMessageProperties().getReceivedRoutingKey())
        .isEqualTo("task.llm.succeeded");
    assertThat(outcomes).containsExactly(first, "answered");
    assertThat(
            serai
                .bean(JdbcClient.class)
                .sql("SELECT held FROM llm_reservation")
                .query(Boolean.class)
                .list())
        .containsExactly(false, false);
  }
}
