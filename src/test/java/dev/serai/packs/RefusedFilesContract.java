package dev.serai.packs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Consumer;
import org.junit.jupiter.api.Test;

/** Files that are refused while routes run; the routes run on. */
abstract class RefusedFilesContract extends EditContract {
  @Test
  void a_refused_file_leaves_the_running_route_untouched() throws Exception {
    Consumer consumer = edited.camel().getRoute("swap-take").getConsumer();
    edited.publish("before");
    await().until(() -> processed() == 1);
    List<Path> all = refused();
    for (int i = 0; i < all.size(); i += each()) {
      Path refused = all.get(i);
      String path = placeOf(refused);
      String good = Files.exists(edited.file(path)) ? Files.readString(edited.file(path)) : "";
      Files.copy(refused, edited.file(path), StandardCopyOption.REPLACE_EXISTING);

      JsonNode outcome = edited.reload();

      assertThat(outcome.path("refused").fieldNames())
          .toIterable()
          .as(refused.toString())
          .contains(edited.file(path).toString());
      assertThat(
              outcome.path("refused").path(edited.file(path).toString()).findValuesAsText("name"))
          .as(refused.toString())
          .containsAll(namesOf(refused));
      assertThat(outcome.path("result").asText()).isEqualTo("UNCHANGED");
      assertThat(edited.camel().getRoute("swap-take").getConsumer()).isSameAs(consumer);
      assertThat(processed()).isOne();
      assertThat(edited.status(path).path("state").asText())
          .isEqualTo(good.isEmpty() ? "LEFT_OUT" : "KEPT");
      if (good.isEmpty()) {
        Files.delete(edited.file(path));
      } else {
        edited.write(path, good);
      }
    }
    assertThat(edited.reload().path("result").asText()).isEqualTo("UNCHANGED");
    assertThat(edited.status(TAKE).path("state").asText()).isEqualTo("LIVE");
    edited.publish("after");
    await().until(() -> processed() == 2);
  }

  @Test
  void two_editors_do_not_stop_each_other() throws Exception {
    edited.edit(TAKE, text -> text.replace("retry-then-park", "retry-then-prak"));
    edited.edit(COUNT, text -> text.replace("first", "second"));

    JsonNode outcome = edited.reload();

    assertThat(outcome.path("refused").findValuesAsText("name")).containsExactly("unknown-policy");
    assertThat(edited.header("edition")).isEqualTo("second");
  }

  @Test
  void garbage_is_refused_and_nothing_hangs() throws Exception {
    Files.write(edited.file("routes/swap/binary.camel.yaml"), new byte[] {0, 1, (byte) 0xff, 0});
    Files.writeString(edited.file("routes/swap/huge.camel.yaml"), "- x".repeat(17 << 20));
    Files.writeString(
        edited.file("routes/swap/bomb.camel.yaml"),
        "- route: &a [x, x]\n- route: &b [*a, *a]\n- route: &c [*b, *b]\n- route: [*c, *c]\n");
    Files.writeString(edited.file("routes/swap/empty.camel.yaml"), "");
    Files.createSymbolicLink(
        edited.file("routes/swap/out.camel.yaml"),
        Path.of("routes/debias/users.camel.yaml").toAbsolutePath());
    Files.writeString(edited.file("config/broken.yaml"), "a: [\n");
    Files.writeString(edited.file("config/huge.yaml"), "k: v\n".repeat(10 << 20));
    Files.writeString(
        edited.file("config/swap.yaml"),
        "swap: {value: &a [x, x]}\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n");

    JsonNode refused =
        assertTimeoutPreemptively(Duration.ofSeconds(20), edited::reload).path("refused");

    assertThat(refused).hasSize(8);
    assertThat(refused.findValuesAsText("name"))
        .containsOnly("bad-config", "bad-yaml", "too-large", "yaml-alias", "outside-link");
    assertThat(edited.status("config/swap.yaml").path("state").asText()).isEqualTo("KEPT");
    assertThat(edited.header("edition")).isEqualTo("first");
    assertThat(edited.header("value")).isEqualTo("one");
  }

  @Test
  void all_mistakes_are_told_at_once() throws Exception {
    edited.edit("config/swap.yaml", text -> text + "  other: [\n");
    edited.edit(TAKE, text -> text.replace("retry-then-park", "retry-then-prak"));
    edited.edit(
        "routes/swap/topology.yaml", text -> text.replace("retry: [300ms]", "retry: [soon]"));

    JsonNode outcome = edited.reload();

    assertThat(outcome.path("refused").findValuesAsText("name"))
        .containsExactlyInAnyOrder("bad-config", "unknown-policy", "wrong-duration");
    assertThat(edited.header("edition")).isEqualTo("first");
  }

  /** Each how many-th of the refused files is tried; all of them with --long. */
  int each() {
    return 1;
  }

  private static List<Path> refused() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/resources"), 2)) {
      return files
          .filter(file -> file.toString().contains("/refused-") && Files.isRegularFile(file))
          .filter(file -> !file.toString().endsWith(".txt"))
          .sorted()
          .toList();
    }
  }

  /** What it is refused for, wherever it stands. */
  private static Set<String> namesOf(Path refused) throws IOException {
    String messages =
        refused.toString().replaceFirst("\\.(camel|kamelet|schema)?\\.?\\w+$", ".txt");
    try (Stream<String> lines = Files.lines(Path.of(messages))) {
      return lines
          .filter(line -> line.matches("[a-z-]+: .*"))
          .map(line -> line.replaceFirst(":.*", ""))
          .collect(Collectors.toSet());
    }
  }

  /** Where a person would have written it. */
  private static String placeOf(Path refused) {
    String name = refused.getFileName().toString();
    return name.endsWith(".camel.yaml")
        ? TAKE
        : "routes/swap/" + (name.matches("[\\w-]+\\.yaml") ? "topology.yaml" : name);
  }

  private long processed() throws Exception {
    return edited.route("swap-take").path("processed").asLong();
  }
}
