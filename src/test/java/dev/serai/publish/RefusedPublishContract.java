package dev.serai.publish;

import static dev.serai.publish.Counter.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code POST /publish/{exchange}/{routingKey}} refuses. */
abstract class RefusedPublishContract extends CounterContract {
  static final String JSON = "application/json";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nowhere",
        "default",
        "amq.default",
        "amq.topic",
        "AMQP%20default",
        "%20",
        "$counter.dlx",
        "$counter.retry",
        "$counter.retry.enter",
        "$counter.retry.return",
        "$counter.in",
        "serai.streams",
        "spring-rabbitmq:default"
      })
  void refuses_every_exchange_that_is_not_open(String exchange) throws Exception {
    String queue = counter.full("in");

    for (String tail : List.of("", "/batch")) {
      JsonNode problem =
          assertProblem(
              counter.publish(exchange + "/" + queue + tail, JSON, "[1]"), 404, "unknown-exchange");
      assertThat(problem.path("detail").asText())
          .contains(counter.full("strict"), counter.full("loose"))
          .doesNotContain("there are: " + counter.full("dlx"), counter.full("retry.enter") + ",");
    }

    counter.assertNothingInAnyQueue();
  }

  @Test
  void answers_422_when_no_queue_wants_it_and_that_is_an_error() throws Exception {
    assertProblem(counter.publish("$counter.strict/nobody", JSON, "{}"), 422, "unroutable");
    assertProblem(counter.publish("$counter.strict/nobody/batch", JSON, "[{}]"), 422, "unroutable");

    counter.assertNothingInAnyQueue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json|{",
        "application/json|''",
        "application/json|{\"a\":1} x",
        "application/json; charset=utf-8|hello",
        "application/vnd.order+json|<a/>",
        "APPLICATION/JSON|{'a':1}"
      })
  void answers_400_when_a_body_that_is_called_json_is_not(String type, String body)
      throws Exception {
    assertProblem(counter.publish("$counter.strict/order.new", type, body), 400, "not-json");
    assertProblem(counter.publish("$counter.strict/order.new/batch", type, body), 400, "not-json");

    counter.assertNothingInAnyQueue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{}|not-an-array", "1|not-an-array", "[]|batch-size"})
  void answers_400_to_a_batch_that_is_none(String body, String code) throws Exception {
    assertProblem(counter.publish("$counter.strict/order.new/batch", JSON, body), 400, code);

    counter.assertNothingInAnyQueue();
  }

  @Test
  void answers_400_to_a_batch_of_more_than_a_thousand() throws Exception {
    String batch = "[" + String.join(",", Collections.nCopies(1001, "1")) + "]";

    assertProblem(
        counter.publish("$counter.strict/order.new/batch", JSON, batch), 400, "batch-size");

    counter.assertNothingInAnyQueue();
  }

  @Test
  void answers_413_to_a_body_over_the_limit() throws Exception {
    String large = "\"" + "x".repeat(1 << 20) + "\"";

    assertProblem(counter.publish("$counter.strict/order.new", JSON, large), 413, "body-too-large");
    assertProblem(
        counter.publish("$counter.strict/order.new/batch", JSON, "[" + large + "]"),
        413,
        "body-too-large");

    counter.assertNothingInAnyQueue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"11", "-1", "x", "", "1.0", "010"})
  void answers_400_to_a_priority_that_is_none(String priority) throws Exception {
    assertProblem(
        counter.publish("$counter.strict/order.new?priority=" + priority, JSON, "{}"),
        400,
        "bad-priority");

    counter.assertNothingInAnyQueue();
  }

  @Test
  void answers_400_to_a_routing_key_that_is_too_long() throws Exception {
    String longest = "order." + "%E2%82%AC".repeat(83); // 3 bytes each

    assertThat(counter.publish("$counter.strict/" + longest, JSON, "{}").statusCode())
        .isEqualTo(202);
    assertProblem(
        counter.publish("$counter.strict/" + longest + "x", JSON, "{}"),
        400,
        "routing-key-too-long");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$counter.strict/%FF",
        "$counter.strict/a%00b",
        "$counter.strict/%2F..%2F",
        "$counter.strict/order.new/batch/more",
        "$counter.strict//",
        "//",
        "$counter.strict/a%7Bb%7D?priority=%41"
      })
  void an_odd_address_is_never_a_failure_of_ours(String path) throws Exception {
    HttpResponse<String> response = counter.publish(path, "text/plain", "x");

    assertThat(response.statusCode()).as(response.body()).isBetween(400, 499);
  }
}
