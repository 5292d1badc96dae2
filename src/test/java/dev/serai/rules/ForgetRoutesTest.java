package dev.serai.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What is old is deleted in one way everywhere. */
class ForgetRoutesTest {

  @Test
  void whatever_forgets_does_so_a_piece_at_a_time_and_ends_when_serai_does() throws IOException {
    List<String> calls =
        RouteFile.all(Path.of("routes")).stream()
            .flatMap(file -> forgetting("no loop", file.entries()))
            .toList();

    assertThat(calls).hasSizeGreaterThanOrEqualTo(10).containsOnly("good");
  }

  @Test
  void sees_a_piece_that_is_the_only_one_and_a_loop_that_does_not_end() {
    Object steps =
        new Yaml()
            .load(
                """
                - script: {method: {ref: chains, method: "forget('14d', 1000)"}}
                - loop:
                    doWhile: true
                    method: {ref: chains, method: "forget('14d', 1000)"}
                    steps: [{delay: {constant: 10}}]
                """);

    assertThat(forgetting("no loop", steps)).containsExactly("no loop", "no breakOnShutdown");
  }

  /** How each call stands that deletes a piece. */
  private static Stream<String> forgetting(String place, Object node) {
    if (node instanceof List<?> list) {
      return list.stream().flatMap(step -> forgetting("no loop", step));
    }
    if (!(node instanceof Map<?, ?> step)) {
      return Stream.of();
    }
    Stream<String> own =
        String.valueOf(step.get("method")).startsWith("forget") ? Stream.of(place) : Stream.of();
    return Stream.concat(
        own,
        step.entrySet().stream()
            .flatMap(
                entry ->
                    entry.getKey().equals("method")
                        ? forgetting(place, entry.getValue())
                        : forgetting(kind(entry.getKey(), entry.getValue()), entry.getValue())));
  }

  private static String kind(Object step, Object options) {
    if (!step.equals("loop") || !(options instanceof Map<?, ?> loop)) {
      return "no loop";
    }
    return Boolean.TRUE.equals(loop.get("breakOnShutdown")) ? "good" : "no breakOnShutdown";
  }
}
