package dev.serai.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NewestTest {
  private final Newest<Integer> newest = new Newest<>(2);

  @Test
  void forgets_the_oldest_when_one_more_comes() {
    newest.put("a", 1);
    newest.put("b", 2);
    newest.put("c", 3);

    assertThat(newest).containsOnlyKeys("b", "c");
  }

  @Test
  void what_is_noted_again_keeps_its_age_and_drives_out_nothing() {
    newest.put("a", 1);
    newest.put("b", 2);

    newest.put("a", 3);

    assertThat(newest).containsEntry("a", 3).containsEntry("b", 2);
    newest.put("c", 4);
    assertThat(newest).containsOnlyKeys("b", "c");
  }
}
