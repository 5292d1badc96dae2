package dev.serai.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.files.Packs;
import dev.serai.files.Snapshot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Values that nothing reads. */
class UnusedValuesTest {
  private final Snapshot shipped =
      Snapshot.read(new Packs(Path.of("routes"), ""), Path.of("config"));

  @Test
  void every_shipped_value_is_read_somewhere() {
    assertThat(UnusedValues.in(shipped, "routes")).isEmpty();
  }

  @Test
  void a_misspelled_key_is_told_with_its_place() {
    String text = new String(shipped.files().get("config/debias.yaml"), StandardCharsets.UTF_8);
    String key = "vector-dimension".replace("si", "is"); // this class must not name it
    String wrong = text.replaceFirst("vector-dimension:", key + ":");
    int line = (int) wrong.substring(0, wrong.indexOf(key + ":")).lines().count();

    assertThat(
            UnusedValues.in(
                shipped.with("config/debias.yaml", wrong.getBytes(StandardCharsets.UTF_8)),
                "routes"))
        .singleElement()
        .hasToString(
            "unused-value: config/debias.yaml:%d:5%n  nothing reads \"%s\"; %s"
                .formatted(
                    line,
                    "debias.profile." + key,
                    "remove it, or write {{debias.profile." + key + "}} where it is meant"));
  }

  @Test
  void a_pack_that_is_not_here_keeps_its_values() {
    byte[] values = "conduit:\n  unread: 1\n".getBytes(StandardCharsets.UTF_8);

    assertThat(UnusedValues.in(shipped.with("config/conduit.yaml", values), "routes")).isEmpty();
  }
}
