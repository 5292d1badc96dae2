package dev.serai.correlation;

import static dev.serai.correlation.TestChains.published;
import static dev.serai.correlation.TestChains.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import dev.serai.broker.ReceivedMessage;
import dev.serai.http.ProblemException;
import dev.serai.store.TestStore;
import dev.serai.webhooks.DeliveredEvents;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // opened before all tests
class TraceTest {
  private TestStore database;
  private ChainStore store;
  private ChainReader reader;
  private Trace trace;
  private BriefLook look;
  private Recorder recorder;

  @BeforeAll
  void open(@TempDir Path data) {
    database = TestStore.onH2(data);
    store = new SqlChains(database.batches(), database.transactions());
    recorder = new Recorder(store, settings(10, 1000), new SimpleMeterRegistry(), 1);
    recorder.start();
    reader = reader(1000);
    look = new BriefLook(Duration.ofSeconds(20), new SimpleMeterRegistry());
    trace = new Trace(reader, new DeliveredEvents(database.jdbc()));
  }

  private ChainReader reader(int most) {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    CorrelationSettings settings = settings(10, most);
    return new ChainReader(store, recorder, settings, meters);
  }

  private Chains chains() {
    return new Chains(reader, look, recorder);
  }

  @AfterAll
  void close() {
    look.close();
    recorder.stop();
    database.close();
  }

  private static List<String> drawn(TraceAnswer answer) {
    return answer.events().stream().map(entry -> " ".repeat(entry.depth()) + entry.id()).toList();
  }

  @Test
  void draws_each_event_once_behind_its_first_parent() throws Exception {
    store.add(
        List.of(
            published(0, "a", "g1"),
            published(3, "c", "g1", "a"),
            published(2, "b", "g1", "a"),
            published(4, "d", "g1", "b", "c"),
            published(5, "e", null, "d")));

    TraceAnswer answer = trace.find("c", "all");

    assertThat(drawn(answer)).containsExactly("a", " b", "  d", "   e", " c");
    assertThat(answer.correlationId()).isEqualTo("g1");
    assertThat(answer.complete()).isTrue();
    assertThat(answer.events().get(0).children()).containsExactly("b", "c");
    assertThat(answer.events().get(2).parents()).containsExactly("b", "c");
    assertThat(drawn(trace.find("g1", "all"))).isEqualTo(drawn(answer));
    assertThat(drawn(trace.find("c", "ancestors"))).containsExactly("a", " c");
    assertThat(drawn(trace.find("c", "descendants"))).containsExactly("c", " d", "  e");
  }

  @Test
  void a_parent_that_nobody_has_seen_holds_its_children_together() throws Exception {
    store.add(List.of(published(0, "k1", null, "nobody"), published(1, "k2", null, "nobody")));

    TraceAnswer answer = trace.find("nobody", "all");

    assertThat(drawn(answer)).containsExactly("nobody", " k1", " k2");
    assertThat(answer.events().get(0).known()).isFalse();
  }

  @Test
  void a_circle_in_the_store_ends() throws Exception {
    store.add(List.of(published(0, "x", "gx", "z"), published(1, "y", "gx", "x")));
    store.add(List.of(published(2, "z", "gx", "y")));

    assertThat(drawn(trace.find("y", "all"))).containsExactly("x", " y", "  z");
    assertThat(chains().join("fresh", List.of("z"))).isEqualTo("gx");
  }

  @Test
  void an_event_is_never_its_own_ancestor() throws Exception {
    store.add(List.of(published(0, "p", "gp", "q"), published(1, "r", "gp", "p")));
    Chains chains = chains();

    assertThat(chains.join("new", List.of("r"))).isEqualTo("gp");
    assertThat(chains.join(null, List.of("r"))).isEqualTo("gp");
    for (String id : List.of("r", "p", "q")) { // q is only known as a parent
      assertThatThrownBy(() -> chains.join(id, List.of("r")))
          .isInstanceOfSatisfying(
              ProblemException.class,
              problem -> assertThat(problem.code()).isEqualTo("parent-cycle"));
    }
  }

  @Test
  void messages_join_the_group_of_their_first_parent_unless_they_name_one() throws Exception {
    store.add(List.of(published(0, "root", "gr"), published(1, "loop", "gr", "own")));
    Message inherits = message(Map.of("cloudEvents_id", "n1", "parentids", "root,other"));
    Message unknown = message(Map.of("causationid", "nobody"));
    Message names = message(Map.of("correlationid", "mine", "causationid", "root"));
    Message alone = message(Map.of());

    chains().joinGroups(List.of(inherits, unknown, names, alone));

    assertThat(Stream.of(inherits, unknown, names, alone).map(m -> m.getHeader("correlationid")))
        .containsExactly("gr", "nobody", "mine", null);
    Message circle = message(Map.of("cloudEvents_id", "own", "causationid", "loop"));
    assertThatThrownBy(() -> chains().joinGroups(List.of(alone, circle)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.code()).isEqualTo("parent-cycle"));
  }

  private static Message message(Map<String, Object> headers) {
    Message message = new DefaultMessage(new DefaultCamelContext(false));
    message.setHeaders(new HashMap<>(headers));
    return message;
  }

  @Test
  void what_is_overheard_is_in_the_chain_once_also_when_its_publisher_tells_later()
      throws Exception {
    store.add(List.of(published(0, "told", "go")));

    chains()
        .addMissing(List.of(seen("told", "go"), seen("foreign", null, "told"), seen("late", "go")));
    await().until(() -> recorder.pending().isEmpty());
    store.add(List.of(published(2, "late", "go")));

    TraceAnswer answer = trace.find("told", "all");
    assertThat(drawn(answer)).containsExactlyInAnyOrder("told", " foreign", "late");
    assertThat(answer.events()).allSatisfy(entry -> assertThat(entry.steps()).hasSize(1));
  }

  private static SeenEvent seen(String id, @Nullable String group, String... parents) {
    ReceivedMessage message =
        new ReceivedMessage(
            "audit", "bus", "a.b.c", new AMQP.BasicProperties(), new byte[0], TestChains.NOON);
    return new SeenEvent(id, group, List.of(parents), "a.b.c", "/test", message);
  }

  @Test
  void says_when_there_are_more_than_it_answers() throws Exception {
    List<Sighting> chain = new ArrayList<>(List.of(published(0, "n0", "gn")));
    for (int i = 1; i < 20; i++) {
      chain.add(published(i, "n" + i, "gn", "n" + (i - 1)));
    }
    store.add(chain);
    DeliveredEvents none = new DeliveredEvents(database.jdbc());

    TraceAnswer some = new Trace(reader(5), none).find("n0", "descendants");

    assertThat(some.complete()).isFalse();
    assertThat(some.events()).hasSize(5);
  }

  @Test
  void an_id_that_nobody_knows_is_404() {
    assertThatThrownBy(() -> trace.find("never", "all"))
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.status()).isEqualTo(404));
  }
}
