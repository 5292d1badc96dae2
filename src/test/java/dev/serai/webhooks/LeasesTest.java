package dev.serai.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a process knows of its deliveries; a lease is ten long. */
class LeasesTest {
  private final Leases leases = new Leases();

  @Test
  void one_whose_lease_was_over_before_it_was_made_goes_on_with_the_new_one() {
    Held waiting = held("m1", 10);
    leases.add(waiting, 0);

    List<Held> fresh = leases.add(List.of(held("m1", 21), held("m2", 21)), 11);

    assertThat(fresh).extracting(Held::messageId).containsExactly("m2");
    assertThat(waiting.lease().left(11)).isEqualTo(10);
  }

  @Test
  void one_that_the_store_has_before_its_lease_is_over_is_another_attempt() {
    Held written = held("m1", 10);
    leases.add(written, 0);
    Held next = held("m1", 15);

    assertThat(leases.add(next, 5)).isTrue();
    leases.remove(List.of(written)); // told late

    assertThat(leases.ending(11, 5)).containsExactly(next);
  }

  @Test
  void those_are_renewed_whose_time_comes_and_not_those_whose_time_is_over() {
    leases.add(List.of(held("over", 5), held("soon", 10), held("later", 20)), 0);

    assertThat(leases.ending(7, 5)).extracting(Held::messageId).containsExactly("soon");
  }

  private static Held held(String id, long end) {
    return new Held("e", id, 0, Map.of(), new byte[0], new Lease(end));
  }
}
