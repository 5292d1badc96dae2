package dev.serai.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import dev.serai.http.LiveAnswer.Caller;
import dev.serai.http.ProblemException;
import dev.serai.hub.Following.Place;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How the streams of clients end, and what they hear in between. */
class AudiencesTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Visit visit = mock(Visit.class);
  private final Ring ring = new Ring(10, 1000, 0);

  @AfterEach
  void end_the_loop() {
    loop.shutdownNow();
  }

  @Test
  void who_hears_nothing_for_long_hears_that_somebody_is_there() {
    Connection connection = new Connection();
    join(audiences(Duration.ofMillis(1), LONG, LONG), connection, null);

    await().until(() -> connection.sent.contains(":\n"));
    assertThat(connection.gone).isFalse();
  }

  @Test
  void a_connection_ends_at_its_age() {
    Connection connection = new Connection();
    join(audiences(LONG, Duration.ofMillis(10), LONG), connection, null);

    await().untilTrue(connection.gone);
    assertThat(connection.sent).containsExactly(": closed: age\n");
    assertThat(ended("age")).isEqualTo(1);
  }

  @Test
  void a_stream_ends_with_the_token_of_its_client() {
    Connection connection = new Connection();
    join(audiences(LONG, Duration.ZERO, LONG), connection, Instant.now());

    await().untilTrue(connection.gone);
    assertThat(connection.sent).containsExactly(": closed: expired\n");
  }

  @Test
  void who_takes_nothing_is_cut_off() {
    Connection connection = new Connection();
    connection.ready.set(false);
    join(audiences(LONG, Duration.ZERO, Duration.ofMillis(10)), connection, null);

    await().untilTrue(connection.cut);
    assertThat(ended("too-slow")).isEqualTo(1);
  }

  @Test
  void one_whose_topics_cannot_be_looked_at_ends_alone() throws Exception {
    Connection broken = new Connection();
    Connection other = new Connection();
    Audiences audiences = audiences(Duration.ofMillis(1), LONG, LONG);
    TopicSelector failing =
        new TopicSelector(
            TopicSelector.Kind.TOPIC,
            "any",
            topic -> {
              throw new StackOverflowError();
            });
    join(audiences, broken, null, failing);
    join(audiences, other, null).get(20, TimeUnit.SECONDS);

    ring.add(new Frame(new Kept(1, Update.of("t", "x").identified("1")), Buffer.buffer("told\n")));
    audiences.wake();

    await().untilTrue(broken.gone);
    assertThat(broken.sent).containsExactly(": closed: failed\n");
    await().until(() -> other.sent.contains("told\n"));
    await().until(() -> other.sent.contains(":\n"));
    assertThat(ended("failed")).isEqualTo(1);
  }

  @Test
  void a_stop_sends_all_away_and_spreads_when_they_come_back() {
    Audiences audiences = audiences(LONG, Duration.ZERO, LONG);
    List<Connection> connections = IntStream.range(0, 50).mapToObj(i -> new Connection()).toList();
    connections.forEach(connection -> join(audiences, connection, null));

    audiences.close();

    await().until(() -> connections.stream().allMatch(connection -> connection.gone.get()));
    assertThat(connections)
        .allSatisfy(
            connection ->
                assertThat(connection.sent.get(0))
                    .matches("retry: ([1-9]\\d{3}|10000)\n: closed: going-away\n"));
    assertThat(connections.stream().map(connection -> connection.sent.get(0)).distinct().count())
        .isGreaterThan(20);
  }

  @Test
  void one_more_than_may_be_is_refused_and_one_that_slips_in_is_sent_away() throws Exception {
    Attendance attendance = new Attendance(new HubSettings.Most(3, 2, 1, 1, 1), meters);
    attendance.check("a");
    assertThat(attendance.enter(Channel.SSE, "a")).isTrue();
    assertThat(attendance.enter(Channel.WEBSOCKET, "a")).isTrue();

    assertProblem(attendance, "a", 429);
    attendance.check("b");
    assertThat(attendance.enter(Channel.SSE, "b")).isTrue();
    assertProblem(attendance, "c", 503);
    assertThat(attendance.enter(Channel.SSE, "c")).isFalse();
    attendance.leave(Channel.SSE, "c");
    attendance.leave(Channel.SSE, "a");

    attendance.check("a");
    assertThat(meters.get("serai.sse.connections").gauge().value()).isEqualTo(1);
    assertThat(meters.get("serai.websocket.connections").gauge().value()).isEqualTo(1);
  }

  private static void assertProblem(Attendance attendance, String client, int status) {
    assertThatThrownBy(() -> attendance.check(client))
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.status()).isEqualTo(status));
  }

  private double ended(String reason) {
    return meters
        .get("serai.streams.ended")
        .tags("channel", "sse", "reason", reason)
        .counter()
        .count();
  }

  private Audiences audiences(Duration heartbeat, Duration age, Duration patience) {
    HubSettings.Most most = new HubSettings.Most(100, 100, 100, 100, 100);
    return new Audiences(
        new HubSettings(heartbeat, age, patience, Duration.ofSeconds(10), most),
        new Attendance(most, meters));
  }

  @Test
  void a_visit_begins_and_ends_with_its_connection() throws Exception {
    Connection connection = new Connection();

    join(audiences(LONG, Duration.ZERO, LONG), connection, null).get(20, TimeUnit.SECONDS);
    verify(visit).begins();
    verify(visit, never()).ends();
    connection.whenGone.forEach(Runnable::run);

    verify(visit).ends();
  }

  @Test
  void who_is_sent_away_at_once_pays_no_visit() throws Exception {
    Audiences audiences = audiences(LONG, Duration.ZERO, LONG);
    audiences.close();
    Connection connection = new Connection();

    join(audiences, connection, null).get(20, TimeUnit.SECONDS);
    connection.whenGone.forEach(Runnable::run);

    assertThat(connection.gone).isTrue();
    verifyNoInteractions(visit);
  }

  private Future<?> join(Audiences audiences, Connection connection, @Nullable Instant expires) {
    return join(audiences, connection, expires, TopicSelectors.exact("*"));
  }

  private Future<?> join(
      Audiences audiences, Connection connection, @Nullable Instant expires, TopicSelector topic) {
    Following following =
        new Following(
            Channel.SSE,
            new Subscription(
                List.of(topic), names -> false, null, expires, "somebody", Manner.PLAIN),
            new Place(0, null, null),
            visit,
            (one, caller) -> {});
    Client.Library library =
        new Client.Library(ring, new Pages(mock(HistoryReader.class), Runnable::run));
    return loop.submit(() -> audiences.add(following, connection, library));
  }

  /** A connection that notes what is sent. */
  private final class Connection implements Caller {
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final AtomicBoolean ready = new AtomicBoolean(true);
    private final AtomicBoolean gone = new AtomicBoolean();
    private final List<Runnable> whenGone = new CopyOnWriteArrayList<>();
    private final AtomicBoolean cut = new AtomicBoolean();

    @Override
    public void send(String text) {
      sent.add(text);
    }

    @Override
    public void send(Buffer bytes) {
      sent.add(bytes.toString());
    }

    @Override
    public boolean isReady() {
      return ready.get();
    }

    @Override
    public boolean isGone() {
      return gone.get();
    }

    @Override
    public void end() {
      gone.set(true);
    }

    @Override
    public void cut() {
      cut.set(true);
    }

    @Override
    public ScheduledExecutorService loop() {
      return loop;
    }

    @Override
    public void whenReady(Runnable task) {}

    @Override
    public void whenGone(Runnable task) {
      whenGone.add(task);
    }
  }
}
