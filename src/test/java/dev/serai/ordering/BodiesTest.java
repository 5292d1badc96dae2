package dev.serai.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BodiesTest {
  private static final byte[] BODY = {1, 2, 3, 4};

  @TempDir Path folder;

  @Test
  void keeps_in_memory_what_the_budget_allows_and_the_rest_in_files() throws IOException {
    Bodies bodies = new Bodies(10, new Spill(folder));
    List<Bodies.Body> kept = new ArrayList<>();

    for (int i = 0; i < 5; i++) {
      kept.add(bodies.keep(new byte[] {(byte) i, 1, 2, 3}));
    }

    assertThat(bodies.inMemory()).isEqualTo(8);
    for (int i = 0; i < 5; i++) {
      assertThat(kept.get(i).bytes()).containsExactly(i, 1, 2, 3);
    }
  }

  @Test
  void takes_one_that_is_larger_than_the_budget() throws IOException {
    Bodies.Body body = new Bodies(3, new Spill(folder)).keep(BODY);

    assertThat(body.bytes()).isEqualTo(BODY);
  }

  @Test
  void has_room_again_when_one_is_not_needed_any_more() throws IOException {
    Bodies bodies = new Bodies(4, new Spill(folder));
    Bodies.Body first = bodies.keep(BODY);

    first.free();
    bodies.keep(BODY);

    assertThat(bodies.inMemory()).isEqualTo(4);
    assertThatThrownBy(first::bytes).isInstanceOf(IOException.class);
  }

  @Test
  void leaves_no_file_behind_however_the_process_ends() throws IOException {
    new Bodies(0, new Spill(folder)).keep(BODY);

    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void a_file_is_used_again_only_when_all_of_its_bodies_are_gone() throws IOException {
    Bodies bodies = new Bodies(0, new Spill(folder));
    Bodies.Body first = bodies.keep(BODY);
    Bodies.Body second = bodies.keep(new byte[] {9});

    first.free();

    assertThat(second.bytes()).containsExactly(9);
    second.free();
    assertThat(bodies.keep(BODY).bytes()).isEqualTo(BODY);
  }

  @Test
  void stays_in_memory_where_nothing_can_be_written() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Bodies bodies = new Bodies(0, new Spill(file.resolve("below")));

    assertThat(bodies.keep(BODY).bytes()).isEqualTo(BODY);
    assertThat(bodies.inMemory()).isEqualTo(4);
  }
}
