package dev.serai.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

/**
 * Every mistake in a topology.yaml has its message: where it is, what is wrong, what to write
 * instead.
 */
class RefusedTopologiesTest {
  private static final Path FILES = Path.of("src/test/resources/refused-topologies");

  @TestFactory
  Stream<DynamicTest> every_mistake_is_named_with_its_place_and_remedy() throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(FILES)) {
      files = found.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
    return files.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () -> assertThat(messages(file)).isEqualTo(expected(file))));
  }

  @Test
  void all_mistakes_of_a_file_are_reported_at_once() throws IOException {
    Path file = Files.createTempFile("topology", ".yaml");
    Files.writeString(file, "queues:\n  a: {ttl: x, max-length: y}\n  b: {tt: 1}\n");

    assertThat(topologies(file).problems()).hasSize(3);
  }

  @Test
  void a_file_with_a_mistake_leaves_the_others_in_use() throws IOException {
    Path bad = FILES.resolve("wrong-number.yaml");
    Path good = Files.createTempFile("topology", ".yaml");
    Files.writeString(good, "queues:\n  fine: {}\n");

    LoadedTopologies topologies = LoadedTopologies.read(List.of(bad, good), new MockEnvironment());

    assertThat(topologies.queues()).containsOnlyKeys("fine");
    assertThat(topologies.refused())
        .singleElement()
        .satisfies(file -> assertThat(file.path()).hasFileName("wrong-number.yaml"));
  }

  @Test
  void what_is_no_text_or_too_large_or_too_deep_is_refused(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("topology.yaml");

    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThat(messages(file)).startsWith("bad-yaml: ").contains("is no UTF-8 text; write text");
    Files.write(file, new byte[] {'a', ':', ' ', 0});
    assertThat(messages(file)).startsWith("bad-yaml: ").endsWith("; mend the YAML");
    Files.writeString(file, "[".repeat(300_000));
    assertThat(messages(file)).startsWith("bad-yaml: ");
    Files.write(file, new byte[2 << 20]);
    assertThat(messages(file)).startsWith("too-large: ").endsWith("; split it");
  }

  private static String messages(Path file) {
    return topologies(file).problems().stream()
        .map(TopologyProblem::toString)
        .collect(Collectors.joining("\n"));
  }

  private static LoadedTopologies topologies(Path file) {
    return LoadedTopologies.read(List.of(file), new MockEnvironment());
  }

  private static String expected(Path file) throws IOException {
    return Files.readString(Path.of(file.toString().replace(".yaml", ".txt"))).strip();
  }
}
