package dev.serai.packs.debias;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.Serai;
import dev.serai.broker.BrokerUnavailableException;
import dev.serai.broker.ConfirmTimeoutException;
import dev.serai.broker.ConnectionLostException;
import dev.serai.broker.MessageNackedException;
import dev.serai.broker.QueueFullException;
import dev.serai.broker.UnknownExchangeException;
import dev.serai.broker.UnroutableException;
import dev.serai.broker.UnsendableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.EndpointInject;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.component.springrabbit.SpringRabbitMQConstants;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.MockEndpointsAndSkip;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * What the route files decide about an event on its way from HTTP to the broker: its priority and
 * id, and the answer to each failure. The publishing endpoint is a mock.
 */
@CamelSpringBootTest
@SpringBootTest(
    classes = Serai.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "serai.port=0",
      "serai.operator-port=0",
      "serai.broker.mode=embedded",
      "serai.broker.embedded.durable=false",
      "serai.consume=none"
    })
@AutoConfigureObservability(tracing = false) // a test has no meters otherwise
@MockEndpointsAndSkip("spring-rabbitmq:events.*")
class EventEntryTest {
  private static final String VIEW = "{\"user_id\":1,\"product_id\":2,\"event_type\":\"view\"}";
  private static final String PURCHASE =
      "{\"user_id\":1,\"product_id\":2,\"event_type\":\"purchase\"}";
  @TempDir private static Path data;

  @Autowired private CamelContext camel;
  @Autowired private ProducerTemplate http;

  @EndpointInject("mock:spring-rabbitmq:events")
  private MockEndpoint events;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry settings) {
    settings.add("serai.data", data::toString);
  }

  @BeforeEach
  void forget() {
    events.reset();
  }

  @Test
  void a_purchase_goes_before_other_events() throws Exception {
    events.expectedMessageCount(2);

    post("debias-take-event", VIEW);
    post("debias-take-event", PURCHASE);

    events.assertIsSatisfied();
    assertThat(events.getExchanges())
        .extracting(sent -> sent.getMessage().getHeader(SpringRabbitMQConstants.PRIORITY))
        .extracting(String::valueOf)
        .containsExactly("0", "9");
  }

  @Test
  void an_event_is_answered_and_sent_under_one_id() throws Exception {
    Exchange answer = post("debias-take-event", VIEW);

    Exchange sent = events.getExchanges().get(0);
    JsonNode event = json(sent);
    assertThat(json(answer).path("event_id").asText())
        .isEqualTo(event.path("event_id").asText())
        .isEqualTo(sent.getMessage().getHeader(SpringRabbitMQConstants.MESSAGE_ID, String.class));
    assertThat(event.path("event_time").asText()).isNotEmpty();
    assertThat(json(answer).path("status").asText()).isEqualTo("Event queued");
    assertThat(json(answer).path("state").asText()).isEqualTo("confirmed");
  }

  @Test
  void a_batch_is_sent_event_by_event_each_with_its_own_priority() throws Exception {
    Exchange answer = post("debias-take-events", "[" + PURCHASE + "," + VIEW + "]");

    assertThat(json(answer).path("accepted").asInt()).isEqualTo(2);
    assertThat(events.getExchanges())
        .extracting(
            sent ->
                json(sent).path("event_type").asText()
                    + sent.getMessage().getHeader(SpringRabbitMQConstants.PRIORITY))
        .containsExactlyInAnyOrder("purchase9", "view0");
  }

  @Test
  void nothing_is_sent_of_a_batch_with_one_wrong_event() throws Exception {
    Exchange answer = post("debias-take-events", "[" + VIEW + ",{\"user_id\":\"x\"}]");

    assertThat(status(answer)).isEqualTo(400);
    assertThat(events.getExchanges()).isEmpty();
  }

  @Test
  void headers_of_the_caller_do_not_reach_the_broker() throws Exception {
    http.send(
        "direct:debias-take-event",
        exchange -> {
          exchange.getMessage().setHeaders(headers("CamelSpringRabbitmqExchangeOverrideName"));
          exchange.getMessage().setBody(VIEW.getBytes(StandardCharsets.UTF_8));
        });

    assertThat(events.getExchanges().get(0).getMessage().getHeaders())
        .doesNotContainKeys("CamelSpringRabbitmqExchangeOverrideName", "X-Whatever");
  }

  private static Map<String, Object> headers(String steering) {
    return new HashMap<>(Map.of(steering, "amq.fanout", "X-Whatever", "1"));
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new UnknownExchangeException("gone"), 404, "unknown-exchange", null),
        Arguments.of(new UnroutableException("no queue"), 422, "unroutable", null),
        Arguments.of(new QueueFullException("full"), 503, "queue-full", "30"),
        Arguments.of(new MessageNackedException("no"), 503, "queue-full", "30"),
        Arguments.of(new BrokerUnavailableException("away"), 503, "broker-unavailable", "5"),
        Arguments.of(new ConfirmTimeoutException("late"), 503, "broker-unavailable", "5"),
        Arguments.of(new ConnectionLostException("lost"), 503, "broker-unavailable", "5"),
        Arguments.of(new UnsendableException("long key"), 400, "unsendable", null),
        Arguments.of(new IllegalStateException("secret"), 500, "internal", null));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void each_failure_has_its_answer(
      Exception failure, int status, String code, @Nullable String wait) throws Exception {
    for (String route : List.of("debias-take-event", "debias-take-events")) {
      events.reset();
      events.whenAnyExchangeReceived(
          sent -> {
            throw failure;
          });

      Exchange answer = post(route, route.endsWith("s") ? "[" + VIEW + "," + VIEW + "]" : VIEW);

      assertThat(status(answer)).isEqualTo(status);
      assertThat(json(answer).path("code").asText()).isEqualTo(code);
      assertThat(answer.getMessage().getHeader("http-Retry-After", String.class)).isEqualTo(wait);
      assertThat(answer.getMessage().getBody(String.class)).doesNotContain("secret", "Exception");
    }
  }

  private Exchange post(String route, String body) {
    Exchange answer =
        http.send(
            camel.getEndpoint("direct:" + route),
            exchange -> exchange.getMessage().setBody(body.getBytes(StandardCharsets.UTF_8)));
    assertThat(answer.getException()).isNull();
    return answer;
  }

  private static int status(Exchange answer) {
    return answer.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
  }

  private static JsonNode json(Exchange exchange) {
    try {
      return new ObjectMapper().readTree(exchange.getMessage().getBody(byte[].class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
