package dev.serai.idempotence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.idempotence.Leases.Held;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class LeasesTest {
  private static final Duration LEASE = Duration.ofMillis(30);
  private final List<Set<Held>> renewed = new CopyOnWriteArrayList<>();
  private final KeyStore store = Mockito.mock(KeyStore.class);

  @Test
  void the_keys_of_a_store_are_renewed_together_until_they_are_left() {
    record();
    Held one = new Held(store, "1", "a");
    Held other = new Held(store, "2", "b");

    try (Leases leases = new Leases(LEASE)) {
      leases.keep(one);
      leases.keep(other);
      await().until(() -> renewed.contains(Set.of(one, other)));

      leases.leave(one);
      await().until(() -> renewed.contains(Set.of(other)));
    }
  }

  @Test
  void a_store_that_fails_in_any_way_is_asked_again() {
    record(new IllegalStateException("stopped"), new IllegalArgumentException("no"));

    try (Leases leases = new Leases(LEASE)) {
      leases.keep(new Held(store, "1", "a"));

      await().until(() -> renewed.size() >= 2);
    }
    assertThat(renewed).allSatisfy(keys -> assertThat(keys).hasSize(1));
  }

  private void record(RuntimeException... failures) {
    Deque<RuntimeException> left = new ConcurrentLinkedDeque<>(List.of(failures));
    Mockito.doAnswer(
            call -> {
              RuntimeException failure = left.poll();
              if (failure != null) {
                throw failure;
              }
              return renewed.add(Set.copyOf(call.<List<Held>>getArgument(0)));
            })
        .when(store)
        .renew(Mockito.anyList(), Mockito.any());
  }
}
