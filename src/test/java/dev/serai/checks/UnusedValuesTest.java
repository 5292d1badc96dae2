package dev.serai.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.files.Packs;
import dev.serai.files.Snapshot;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Values that nothing reads. */
class UnusedValuesTest {
  private final Snapshot shipped =
      Snapshot.read(new Packs(Path.of("routes"), ""), Path.of("config"));

  @Test
  void every_shipped_value_is_read_somewhere() {
    assertThat(UnusedValues.in(shipped, shipped, "routes")).isEmpty();
  }

  @Test
  void a_misspelled_key_is_told_with_its_place() {
    String text = new String(shipped.files().get("config/debias.yaml"), UTF_8);
    String key = "vector-dimension".replace("si", "is"); // this class must not name it
    String wrong = text.replaceFirst("vector-dimension:", key + ":");
    int line = (int) wrong.substring(0, wrong.indexOf(key + ":")).lines().count();

    assertThat(
            UnusedValues.in(
                shipped.with("config/debias.yaml", wrong.getBytes(UTF_8)), shipped, "routes"))
        .singleElement()
        .hasToString(
            "unused-value: config/debias.yaml:%d:5%n  nothing reads \"%s\"; %s"
                .formatted(
                    line,
                    "debias.profile." + key,
                    "remove it, or write {{debias.profile." + key + "}} where it is meant"));
  }

  @Test
  void both_documents_of_a_file_are_read() {
    byte[] values = "debias: {unread-one: 1}\n---\ndebias: {unread-two: 2}\n".getBytes(UTF_8);

    assertThat(UnusedValues.in(shipped.with("config/debias.yaml", values), shipped, "routes"))
        .extracting(problem -> problem.line() + ":" + problem.column())
        .containsExactly("1:10", "3:10");
  }

  @Test
  @Timeout(20)
  void a_file_as_large_as_can_be_is_looked_through_soon() {
    byte[] values =
        IntStream.range(0, 100_000)
            .mapToObj("k%05d: v\n"::formatted)
            .collect(joining())
            .getBytes(UTF_8);

    assertThat(UnusedValues.in(shipped.with("config/debias.yaml", values), shipped, "routes"))
        .hasSize(100);
  }

  @Test
  void a_pack_that_is_not_here_keeps_its_values() {
    byte[] values = "elsewhere:\n  unread: 1\n".getBytes(UTF_8);

    assertThat(UnusedValues.in(shipped.with("config/elsewhere.yaml", values), shipped, "routes"))
        .isEmpty();
  }
}
