package dev.serai.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the parameters of {@code sse:} and {@code websocket:} say. */
class StreamEndpointTest {
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final Hub hub = mock(Hub.class);
  private final List<Update> told = new ArrayList<>();

  @BeforeEach
  void start() {
    when(hub.publish(eq(Channel.SSE), any(), any()))
        .thenAnswer(
            call -> {
              Update update = call.getArgument(1);
              told.add(update);
              return CompletableFuture.completedFuture("1");
            });
    camel.addComponent("sse", new StreamComponent(hub, Channel.SSE));
    camel.start();
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "orders",
        "a?b=c",
        "a?b=c&d=e#f",
        "a%2Fb",
        "a%252Fb",
        "100%",
        "a b",
        "a+b",
        "ż/\u20ac",
        "/a",
        "//a",
        "a//b/",
        "https://example.com/books/1?x=y#z",
        "https://example.com/a%20b",
        "a{b}",
        "RAW(a)",
        "a\\b\"c"
      })
  void a_topic_is_told_as_it_was_written(String topic) throws Exception {
    send(Map.of("topic", topic));

    assertThat(told).extracting(update -> update.topics().get(0)).containsExactly(topic);
  }

  @Test
  void a_topic_holds_expressions() throws Exception {
    send(Map.of("topic", "/orders/${header.country}?x=${header.none?.a}", "event", "is ${body}"));

    assertThat(told.get(0).topics()).containsExactly("/orders/p l?x=");
    assertThat(told.get(0).type()).isEqualTo("is data");
  }

  @ParameterizedTest
  @CsvSource({"true,true", "false,false", "${header.yes},true"})
  void a_private_update_is_said_to_be_one(String text, boolean isPrivate) throws Exception {
    send(Map.of("topic", "t", "private", text));

    assertThat(told.get(0).isPrivate()).isEqualTo(isPrivate);
  }

  @ParameterizedTest
  @ValueSource(strings = {"${header.none}", "${header.country}"})
  void what_is_neither_private_nor_public_is_not_told(String text) {
    assertThatThrownBy(() -> send(Map.of("topic", "t", "private", text)))
        .isInstanceOf(BadUpdateException.class)
        .hasMessageContaining("private is true or false");
    assertThat(told).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "private,yes",
    "private,TRUE",
    "retry,soon",
    "retry,-1",
    "topic,x${header.nope",
    "event,${nope}",
    "id,' x'"
  })
  void what_can_never_be_told_is_refused_before_the_first_message(String name, String text) {
    Map<String, Object> parameters = new HashMap<>(Map.of("topic", "t"));
    parameters.put(name, text);

    assertThatThrownBy(() -> camel.getEndpoint(uri(parameters)))
        .isInstanceOf(ResolveEndpointFailedException.class);
  }

  private static String uri(Map<String, Object> parameters) throws Exception {
    return new StreamUriFactory().buildUri("sse", parameters, false);
  }

  private void send(Map<String, Object> parameters) throws Exception {
    Exception failure =
        camel
            .createFluentProducerTemplate()
            .to(camel.getEndpoint(uri(parameters)))
            .withHeaders(Map.of("country", "p l", "yes", "true"))
            .withBody("data")
            .send()
            .getException();
    if (failure != null) {
      throw failure;
    }
  }
}
