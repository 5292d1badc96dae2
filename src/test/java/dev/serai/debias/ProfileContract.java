package dev.serai.debias;

import static dev.serai.debias.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the profiles promise, wherever they are kept. */
abstract class ProfileContract {
  static final ProfileSettings SETTINGS =
      new ProfileSettings(70, 3, 1_000, Map.of("view", 1.0, "cart", 3.0, "purchase", 5.0), 0.5);

  abstract void store(List<UserEvent> events) throws Exception;

  abstract Optional<Profile> find(long userId) throws Exception;

  @Test
  void counts_what_a_user_did_and_names_the_last_products() throws Exception {
    store(List.of(event(1, 7, 100, "view"), event(2, 7, 101, "view"), event(3, 7, 102, "cart")));
    store(List.of(event(4, 7, 103, "view"), event(5, 7, 101, "purchase"), event(6, 8, 1, "view")));

    Profile profile = find(7).orElseThrow();
    assertThat(profile.counts())
        .isEqualTo(new TreeMap<>(Map.of("view", 3L, "cart", 1L, "purchase", 1L)));
    assertThat(profile.lastProducts()).containsExactly(101L, 103L, 102L);
    assertThat(profile.lastSeen()).isEqualTo(TestEvents.START.plusSeconds(5));
    assertThat(find(8).orElseThrow().counts()).isEqualTo(Map.of("view", 1L));
  }

  @Test
  void knows_nothing_of_a_user_without_events() throws Exception {
    assertThat(find(404)).isEmpty();
  }

  @Test
  void changes_nothing_when_an_event_comes_again() throws Exception {
    List<UserEvent> events = List.of(event(1, 7, 100, "view"), event(2, 7, 101, "cart"));
    store(events);
    Profile before = find(7).orElseThrow();

    store(List.of(events.get(0), events.get(0)));
    store(events);

    assertThatTheSame(find(7).orElseThrow(), before);
  }

  @Test
  void points_the_vector_to_what_weighs_most() throws Exception {
    store(List.of(event(1, 7, 100, "view"), event(2, 7, 101, "purchase")));

    List<Float> vector = find(7).orElseThrow().vector();
    assertThat(vector).hasSize(70);
    assertThat(cosine(vector, 101)).isGreaterThan(0.9).isGreaterThan(cosine(vector, 100));
  }

  @Test
  void takes_negative_user_ids_and_odd_types_as_they_are() throws Exception {
    store(List.of(event(1, -7, Long.MIN_VALUE, "'; DROP TABLE x; --")));

    assertThat(find(-7).orElseThrow().counts()).containsOnlyKeys("'; DROP TABLE x; --");
    assertThat(find(-7).orElseThrow().lastProducts()).containsExactly(Long.MIN_VALUE);
  }

  @Test
  void adds_up_the_same_whatever_the_order() throws Exception {
    List<UserEvent> events = TestEvents.many(300);
    store(
        events.stream()
            .sorted(Comparator.comparing(UserEvent::time).reversed())
            .collect(Collectors.toList()));

    assertThatItAddsUp(events);
  }

  @Test
  void loses_nothing_when_workers_update_the_same_users() throws Exception {
    List<UserEvent> events = TestEvents.many(300);

    CompletableFuture<?>[] workers =
        IntStream.range(0, 4)
            .mapToObj(worker -> CompletableFuture.runAsync(() -> storeQuarter(events, worker)))
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(workers).join();

    assertThatItAddsUp(events);
  }

  private void storeQuarter(List<UserEvent> events, int worker) {
    for (int i = worker; i < events.size(); i += 40) {
      List<UserEvent> batch =
          IntStream.iterate(i, n -> n < events.size(), n -> n + 4)
              .limit(10)
              .mapToObj(events::get)
              .toList();
      try {
        store(batch);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void assertThatItAddsUp(List<UserEvent> events) throws Exception {
    Map<Long, List<UserEvent>> byUser =
        events.stream().collect(Collectors.groupingBy(UserEvent::userId));
    for (Map.Entry<Long, List<UserEvent>> user : byUser.entrySet()) {
      assertThatTheSame(find(user.getKey()).orElseThrow(), expected(user.getValue()));
    }
  }

  private static Profile expected(List<UserEvent> events) {
    TreeMap<String, Long> counts = new TreeMap<>();
    LastProducts last = new LastProducts(SETTINGS.lastProducts());
    double[] vector = new double[SETTINGS.vectorDimension()];
    for (UserEvent event : events) {
      counts.merge(event.eventType(), 1L, Long::sum);
      last.see(event.productId(), event.time());
      ProductVectors.add(vector, event.productId(), SETTINGS.weightOf(event.eventType()));
    }
    return new Profile(
        events.get(0).userId(),
        counts,
        last.newestFirst(),
        events.stream().map(UserEvent::time).max(Comparator.naturalOrder()).orElseThrow(),
        ProductVectors.direction(vector));
  }

  private static void assertThatTheSame(Profile one, Profile other) {
    assertThat(one).usingRecursiveComparison().ignoringFields("vector").isEqualTo(other);
    for (int i = 0; i < one.vector().size(); i++) {
      assertThat(one.vector().get(i)).isCloseTo(other.vector().get(i), within(1e-4f));
    }
  }

  private static double cosine(List<Float> vector, long product) {
    double[] direction = new double[vector.size()];
    ProductVectors.add(direction, product, 1);
    return IntStream.range(0, direction.length)
        .mapToDouble(i -> direction[i] * vector.get(i))
        .sum();
  }
}
