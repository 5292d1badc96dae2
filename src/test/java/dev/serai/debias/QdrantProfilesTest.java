package dev.serai.debias;

import static dev.serai.debias.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.store.TestStore;
import io.grpc.Status;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QdrantProfilesTest extends ProfileContract {
  private final QdrantProfiles profiles = new QdrantProfiles(SETTINGS);
  private QdrantServer qdrant;
  private QdrantWorker worker;

  @BeforeEach
  void start(@TempDir Path data) throws Exception {
    qdrant = new QdrantServer();
    worker = new QdrantWorker("127.0.0.1", qdrant.port(), profiles, TestStore.onH2(data));
  }

  @AfterEach
  void stop() {
    worker.close();
    qdrant.close();
  }

  @Test
  void makes_the_collection_with_the_configured_dimension() throws Exception {
    store(List.of(event(1, 7, 100, "view")));

    assertThat(qdrant.collections())
        .isEqualTo(
            Map.of(
                "debias-profiles",
                VectorParams.newBuilder().setSize(70).setDistance(Distance.Cosine).build()));
  }

  @Test
  void loses_nothing_when_workers_of_different_users_make_the_collection_at_once()
      throws Exception {
    CompletableFuture<?>[] workers =
        IntStream.range(0, 8)
            .mapToObj(user -> CompletableFuture.runAsync(() -> storeOne(user)))
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(workers).join();

    assertThat(qdrant.points()).hasSize(8);
  }

  private void storeOne(int user) {
    try {
      store(List.of(event(user, user, 100, "view")));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void makes_no_collection_to_answer_a_question() throws Exception {
    assertThat(find(7)).isEmpty();

    assertThat(qdrant.collections()).isEmpty();
  }

  @Test
  void writes_nothing_when_all_events_are_known() throws Exception {
    store(List.of(event(1, 7, 100, "view")));
    int before = qdrant.upserts();

    store(List.of(event(1, 7, 100, "view")));

    assertThat(qdrant.upserts()).isEqualTo(before);
  }

  @Test
  void stores_a_batch_of_many_users_with_one_request() throws Exception {
    store(List.of(event(1, 7, 100, "view")));
    int before = qdrant.upserts();

    store(TestEvents.many(100));

    assertThat(qdrant.upserts()).isEqualTo(before + 1);
  }

  @Test
  void remembers_only_the_latest_events() throws Exception {
    ProfileSettings two = new ProfileSettings(4, 3, 2, Map.of(), 1);
    QdrantProfiles forgetful = new QdrantProfiles(two);

    var point = forgetful.add(List.copyOf(TestEvents.many(9).subList(0, 9)), List.of()).get(0);

    assertThat(point.getPayloadOrThrow("event_ids").getListValue().getValuesCount())
        .isLessThanOrEqualTo(2);
  }

  @Test
  void leaves_the_message_as_it_was() throws Exception {
    Exchange exchange = worker.exchange(List.of(event(1, 7, 100, "view")));
    exchange.getMessage().setBody("the message");

    worker.send(exchange);

    assertThat(exchange.getMessage().getBody()).isEqualTo("the message");
    assertThat(exchange.getMessage().getHeaders()).isEmpty();
  }

  @Test
  void fails_when_qdrant_is_down_and_lets_the_next_worker_try() {
    qdrant.close();

    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(() -> store(List.of(event(1, 7, 100, "view"))))
          .satisfies(
              failure ->
                  assertThat(Status.fromThrowable(failure).getCode())
                      .isEqualTo(Status.Code.UNAVAILABLE));
    }
  }

  @Test
  void refuses_to_mix_vectors_of_another_dimension() throws Exception {
    store(List.of(event(1, 7, 100, "view")));
    List<RetrievedPoint> stored = List.copyOf(qdrant.points().values());
    QdrantProfiles other = new QdrantProfiles(new ProfileSettings(71, 3, 2, Map.of(), 1));

    assertThatThrownBy(() -> other.add(List.of(event(2, 7, 100, "view")), stored))
        .hasMessageStartingWith("bad-dimension:");
  }

  @Override
  void store(List<UserEvent> events) throws Exception {
    worker.store(events);
  }

  @Override
  Optional<Profile> find(long userId) throws Exception {
    return worker.find(userId);
  }
}
