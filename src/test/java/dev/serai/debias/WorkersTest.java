package dev.serai.debias;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.delivery.PoisonMessageException;
import dev.serai.store.TestStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.component.springrabbit.SpringRabbitMQConstants;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both workers of the pack: what they do with a batch, up to the policy. */
class WorkersTest {
  private static final String GRAPH = "debias-store-event-in-graph";
  private static final String PROFILE = "debias-update-profile";

  private static final Properties NO_NEO4J = new Properties();

  static {
    NO_NEO4J.setProperty("debias.graph.neo4j-uri", "bolt://127.0.0.1:1");
  }

  private TestStore store;
  private CamelContext camel;
  private MockEndpoint policy;

  @BeforeEach
  void start(@TempDir Path data) throws Exception {
    store = TestStore.onH2(data);
    camel =
        DebiasRoutes.start(
            Map.of("debias.graph.neo4j-uri", "", "debias.profile.qdrant-host", ""),
            Map.of(
                "debiasEvents", new EventReader(new ObjectMapper()),
                "debiasNeo4jGraph",
                    new Neo4jGraph(
                        new Neo4jConnection("bolt://127.0.0.1:1", "", "", Duration.ofSeconds(1))),
                "debiasPathLedger", new PathLedger(store.batches(), store.jdbc()),
                "debiasSqlGraph", new SqlGraph(store.batches(), store.jdbc(), store.transactions()),
                "debiasSqlProfiles",
                    new SqlProfiles(
                        store.batches(),
                        store.jdbc(),
                        store.transactions(),
                        ProfileContract.SETTINGS)),
            new Policy(),
            "shared/policies/leave-to-caller",
            "debias/store-event-in-graph",
            "debias/store-one-in-graph",
            "debias/store-events-in-graph",
            "debias/update-profile",
            "debias/update-one-profile",
            "debias/update-profiles",
            "debias/postpone-events",
            "debias/postpone-event");
    policy = camel.getEndpoint("mock:policy", MockEndpoint.class);
  }

  @AfterEach
  void stop() {
    camel.stop();
    store.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {GRAPH, PROFILE})
  void stores_a_whole_batch(String worker) {
    Exchange batch = deliver(worker, IntStream.range(0, 100).mapToObj(n -> event(n)).toList());

    assertThat(batch.getException()).isNull();
    assertThat(stored(worker)).isEqualTo(100);
    assertThat(policy.getReceivedCounter()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {GRAPH, PROFILE})
  void stores_a_single_message_that_is_no_batch(String worker) {
    Exchange exchange = event(1).getExchange();

    camel.createProducerTemplate().send("direct:queue-of-" + worker, exchange);

    assertThat(exchange.getException()).isNull();
    assertThat(stored(worker)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {GRAPH, PROFILE})
  void leaves_only_the_poison_of_a_batch_to_the_policy(String worker) {
    Exchange batch = deliver(worker, List.of(event(1), message("bad", "not json"), event(2)));

    assertThat(batch.getException()).isNull();
    assertThat(stored(worker)).isEqualTo(2);
    assertThat(policy.getExchanges())
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.getMessage().getHeader(SpringRabbitMQConstants.MESSAGE_ID))
                  .isEqualTo("bad");
              assertThat(failed.getMessage().getBody(String.class)).isEqualTo("not json");
              assertThat(failed.getProperty(Exchange.EXCEPTION_CAUGHT))
                  .isInstanceOf(PoisonMessageException.class);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {GRAPH, PROFILE})
  void leaves_every_event_to_the_policy_by_itself_while_the_sink_is_down(String worker) {
    Stream.of("debias_interaction", "debias_profile_event")
        .forEach(table -> store.jdbc().sql("DROP TABLE " + table).update());

    Exchange batch = deliver(worker, List.of(event(1), event(2), event(3)));

    assertThat(batch.getException()).isNull();
    assertThat(policy.getExchanges())
        .extracting(failed -> failed.getMessage().getHeader(SpringRabbitMQConstants.MESSAGE_ID))
        .containsExactly("m1", "m2", "m3");
  }

  @Test
  void tries_no_event_by_itself_when_the_graph_is_down() {
    camel.getPropertiesComponent().setOverrideProperties(NO_NEO4J);

    Exchange batch = deliver(GRAPH, List.of(event(1), event(2)));

    assertThat(batch.getException()).isNull();
    assertThat(policy.getExchanges())
        .hasSize(2)
        .allSatisfy(
            failed ->
                assertThat(failed.getProperty(Exchange.EXCEPTION_CAUGHT))
                    .isInstanceOf(SinkUnavailableException.class));
  }

  @ParameterizedTest
  @ValueSource(strings = {GRAPH, PROFILE})
  void keeps_the_batch_in_the_queue_when_the_policy_fails_itself(String worker) {
    policy.whenAnyExchangeReceived(
        failed -> {
          throw new IllegalStateException("the broker is away");
        });

    Exchange batch = deliver(worker, List.of(event(1), message("bad", "not json"), event(2)));

    assertThat(batch.getException()).hasStackTraceContaining("the broker is away");
  }

  @ParameterizedTest
  @ValueSource(strings = {GRAPH, PROFILE})
  void changes_nothing_when_a_batch_is_delivered_again(String worker) {
    deliver(worker, List.of(event(1), event(2)));

    deliver(worker, List.of(event(2), event(1), event(3)));

    assertThat(stored(worker)).isEqualTo(3);
  }

  private Exchange deliver(String worker, List<Message> messages) {
    Exchange batch = new DefaultExchange(camel);
    batch.getMessage().setBody(messages);
    return camel.createProducerTemplate().send("direct:queue-of-" + worker, batch);
  }

  private Message event(int number) {
    return message(
        "m" + number,
        "{\"user_id\":%d,\"product_id\":100,\"event_type\":\"view\"}".formatted(number % 7));
  }

  private Message message(String id, String body) {
    Message message = new DefaultExchange(camel).getMessage();
    message.setBody(body.getBytes(StandardCharsets.UTF_8));
    message.setHeader(SpringRabbitMQConstants.MESSAGE_ID, id);
    return message;
  }

  private long stored(String worker) {
    String table = worker.equals(GRAPH) ? "debias_interaction" : "debias_profile_event";
    return store.jdbc().sql("SELECT COUNT(*) FROM " + table).query(Long.class).single();
  }

  /** In place of the shipped one, which needs a broker. */
  private static final class Policy extends RouteConfigurationBuilder {
    @Override
    public void configuration() {
      routeConfiguration("retry-then-park")
          .errorHandler(defaultErrorHandler())
          .onException(Exception.class)
          .handled(true)
          .to("mock:policy");
    }
  }
}
