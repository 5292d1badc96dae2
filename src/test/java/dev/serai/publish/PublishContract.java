package dev.serai.publish;

import static dev.serai.publish.Counter.assertProblem;
import static dev.serai.publish.Counter.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.core.MessageProperties;

/** What {@code POST /publish/{exchange}/{routingKey}} takes, answers and puts into a queue. */
abstract class PublishContract extends RefusedPublishContract {
  @Test
  void answers_202_with_the_id_of_the_message_that_is_in_the_queue() throws Exception {
    String body = "{ \"price\": 12.10,\n \"note\": \"\u20ac\" }";

    HttpResponse<String> response = counter.publish("$counter.strict/order.new", JSON, body);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    assertThat(response.headers().firstValue("Content-Type")).hasValue(JSON);
    assertThat(json(response).fieldNames()).toIterable().containsExactly("id", "state");
    assertThat(json(response).path("state").asText()).isEqualTo("confirmed");
    String id = json(response).path("id").asText();
    assertThat(UUID.fromString(id).version()).isEqualTo(7);
    Message message = counter.take("in");
    MessageProperties properties = message.getMessageProperties();
    assertThat(new String(message.getBody(), StandardCharsets.UTF_8)).isEqualTo(body);
    assertThat(properties.getMessageId()).isEqualTo(id);
    assertThat(properties.getContentType()).isEqualTo(JSON);
    assertThat(properties.getReceivedDeliveryMode()).isEqualTo(MessageDeliveryMode.PERSISTENT);
    assertThat(properties.getPriority()).isZero();
    assertThat(properties.getTimestamp()).isNotNull();
    assertThat(properties.getReceivedExchange()).isEqualTo(counter.full("strict"));
    assertThat(properties.getReceivedRoutingKey()).isEqualTo("order.new");
    assertThat(properties.getHeaders()).containsKey("traceparent");
  }

  @Test
  void takes_any_bytes_with_their_content_type() throws Exception {
    byte[] bytes = {0, (byte) 0xff, 13, 10};

    counter
        .serai()
        .send(
            counter
                .to("/publish/$counter.strict/order.new?priority=7")
                .header("Content-Type", "image/x-tiny")
                .POST(BodyPublishers.ofByteArray(bytes))
                .build());

    Message message = counter.take("in");
    assertThat(message.getBody()).isEqualTo(bytes);
    assertThat(message.getMessageProperties().getContentType()).isEqualTo("image/x-tiny");
    assertThat(message.getMessageProperties().getPriority()).isEqualTo(7);
  }

  @Test
  void a_batch_is_one_message_per_element() throws Exception {
    HttpResponse<String> response =
        counter.publish("$counter.strict/order.new/batch", JSON, "[{\"n\":1.10},[2],\"three\"]");

    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    assertThat(json(response).fieldNames()).toIterable().containsExactly("ids", "state");
    List<Message> messages = List.of(counter.take("in"), counter.take("in"), counter.take("in"));
    assertThat(messages)
        .extracting(message -> new String(message.getBody(), StandardCharsets.UTF_8))
        .containsExactlyInAnyOrder("{\"n\":1.10}", "[2]", "\"three\"");
    assertThat(messages)
        .extracting(message -> message.getMessageProperties().getMessageId())
        .containsExactlyInAnyOrderElementsOf(ids(response));
  }

  private static List<String> ids(HttpResponse<String> response) throws Exception {
    List<String> ids = new ArrayList<>();
    json(response).path("ids").forEach(id -> ids.add(id.asText()));
    return ids;
  }

  @Test
  void answers_202_and_counts_it_when_no_queue_wants_it_and_that_is_allowed() throws Exception {
    double before = dropped();

    HttpResponse<String> response = counter.publish("$counter.loose/nobody", JSON, "{}");

    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    assertThat(dropped()).isEqualTo(before + 1);
  }

  private double dropped() {
    return counter
        .serai()
        .bean(MeterRegistry.class)
        .counter(
            "serai.messages.published", "exchange", counter.full("loose"), "outcome", "dropped")
        .count();
  }

  @Test
  void takes_json_that_curl_calls_a_form_and_refuses_a_form() throws Exception {
    String form = "application/x-www-form-urlencoded";

    HttpResponse<String> taken =
        counter.publish("$counter.strict/order.new", form, "{\"user_id\":1}");

    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
    assertThat(counter.take("in").getMessageProperties().getContentType()).isEqualTo(JSON);
    assertProblem(
        counter.publish("$counter.strict/order.new", form, "user_id=1&a=b"),
        415,
        "unsupported-media-type");
    assertThat(
            counter
                .publish("$counter.strict/order.new/batch", form, "[{\"user_id\":1}]")
                .statusCode())
        .isEqualTo(202);
    assertThat(counter.take("in").getMessageProperties().getContentType()).isEqualTo(JSON);
    counter.assertNothingInAnyQueue();
  }

  @Test
  void headers_and_parameters_of_a_caller_change_nothing() throws Exception {
    HttpResponse<String> response =
        counter.publish(
            "$counter.strict/order.new?CamelSpringRabbitmqExchangeOverrideName=x&serai-attempt=9"
                + "&CamelHttpResponseCode=299&x=1",
            "text/plain",
            "hello",
            "CamelSpringRabbitmqExchangeOverrideName",
            counter.full("loose"),
            "CamelSpringRabbitmqRoutingOverrideKey",
            "elsewhere",
            "CAMELSpringRabbitmqPriority",
            "9",
            "camelHttpUri",
            "/publish/x/y",
            "CamelHttpResponseCode",
            "299",
            "Serai-Attempt",
            "9",
            "serai-origin-queue",
            "elsewhere",
            "http-Location",
            "http://elsewhere",
            "x-mine",
            "1");

    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    assertThat(response.headers().map()).doesNotContainKeys("location", "serai-attempt");
    MessageProperties properties = counter.take("in").getMessageProperties();
    assertThat(properties.getReceivedExchange()).isEqualTo(counter.full("strict"));
    assertThat(properties.getReceivedRoutingKey()).isEqualTo("order.new");
    assertThat(properties.getPriority()).isZero();
    assertThat(properties.getHeaders().keySet())
        .containsExactlyInAnyOrder("traceparent", "serai-published-at");
  }

  @Test
  void headers_of_another_publisher_reach_no_route() throws Exception {
    MessageProperties properties = new MessageProperties();
    properties.setContentType("text/plain");
    Map<String, Object> forged =
        Map.of(
            "CamelSpringRabbitmqExchangeOverrideName",
            counter.full("loose"),
            "CamelSpringRabbitmqRoutingOverrideKey",
            "elsewhere",
            "CAMELSpringRabbitmqPriority",
            9,
            "camelHttpResponseCode",
            299,
            "CamelSeraiReceived",
            "x",
            "serai-attempt",
            3,
            "SERAI-origin-queue",
            "elsewhere",
            "serai-published-at",
            1L,
            "tenant",
            "blue");
    forged.forEach(properties::setHeader);

    counter
        .template()
        .send(
            counter.full("strict"),
            "foreign",
            MessageBuilder.withBody("hello".getBytes(StandardCharsets.UTF_8))
                .andProperties(properties)
                .build());

    Message message = counter.take("out");
    assertThat(message.getBody()).asString().isEqualTo("hello");
    assertThat(message.getMessageProperties().getReceivedRoutingKey()).isEqualTo("given");
    assertThat(message.getMessageProperties().getPriority()).isZero();
    assertThat(message.getMessageProperties().getHeaders())
        .containsEntry("tenant", "blue")
        .doesNotContainEntry("serai-published-at", 1L)
        .doesNotContainKeys("serai-attempt", "SERAI-origin-queue")
        .allSatisfy((name, value) -> assertThat(name).doesNotStartWithIgnoringCase("camel"));
  }
}
