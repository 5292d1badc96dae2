package dev.serai.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.files.RouteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each file of refused-schemas, put beside the shipped ones, gives the message beside it alone. */
class RefusedSchemasTest {
  private static final Path REFUSED = Path.of("src/test/resources/refused-schemas");

  @TestFactory
  Stream<DynamicTest> every_mistake_is_named_with_its_place_and_remedy() throws IOException {
    try (Stream<Path> files = Files.list(REFUSED)) {
      return files
          .filter(file -> file.toString().endsWith(RouteFolder.SCHEMA))
          .sorted()
          .toList()
          .stream()
          .map(
              file ->
                  DynamicTest.dynamicTest(
                      file.getFileName().toString(),
                      () -> assertThat(checked(file)).isEqualTo(expected(file))));
    }
  }

  @Test
  void the_shipped_files_are_right() {
    assertThat(shipped()).isNotEmpty();
    assertThat(SchemaCheck.check(shipped())).isEmpty();
  }

  private static String checked(Path file) throws IOException {
    SortedMap<String, byte[]> all = shipped();
    all.put("routes/orders/" + file.getFileName(), Files.readAllBytes(file));
    return SchemaCheck.check(all).stream()
        .map(RouteProblem::toString)
        .collect(Collectors.joining("\n"));
  }

  private static SortedMap<String, byte[]> shipped() {
    SortedMap<String, byte[]> shipped = new TreeMap<>();
    RouteFolder.read(Path.of("routes"))
        .files()
        .forEach(
            (path, bytes) -> {
              if (path.endsWith(RouteFolder.SCHEMA)) {
                shipped.put("routes/" + path, bytes);
              }
            });
    return shipped;
  }

  private static String expected(Path file) throws IOException {
    String text = file.toString();
    return Files.readString(Path.of(text.replace(RouteFolder.SCHEMA, ".txt"))).strip();
  }
}
