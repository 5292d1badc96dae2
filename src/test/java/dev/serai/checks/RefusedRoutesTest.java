package dev.serai.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.files.RouteFolder;
import dev.serai.javadsl.JavaRoutes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each file of refused-routes, put beside the shipped ones, gives the message beside it alone. */
class RefusedRoutesTest {
  private static final Path ROUTES = Path.of("routes");
  private static final Path REFUSED = Path.of("src/test/resources/refused-routes");
  private static final Path REFUSED_JAVA = Path.of("src/test/resources/refused-routes-java");
  private static final Path ACCEPTED = Path.of("src/test/resources/accepted-routes");
  private static final Known KNOWN = ShippedKnown.read();
  private static final JavaRoutes JAVA = JavaRoutes.inMemory();

  @TestFactory
  Stream<DynamicTest> every_mistake_is_named_with_its_place_and_remedy() throws IOException {
    return Stream.concat(routes(REFUSED), routes(REFUSED_JAVA))
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () -> assertThat(checked(file)).isEqualTo(expected(file))));
  }

  private static Stream<Path> routes(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> RouteFolder.isRoutes(file.toString())).sorted().toList().stream();
    }
  }

  @Test
  void the_shipped_files_are_right() {
    assertThat(new RouteChecks(KNOWN, JAVA).check(RouteFolder.read(ROUTES).routes(), ROUTES))
        .isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> what_camel_takes_is_not_refused() throws IOException {
    return routes(ACCEPTED)
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(), () -> assertThat(checked(file)).isEmpty()));
  }

  @Test
  void what_is_no_text_or_too_large_is_refused_without_reading_it() {
    assertThat(checked("orders/a.camel.yaml", new byte[] {(byte) 0xff, 0, 1}))
        .contains("bad-yaml: routes/orders/a.camel.yaml:1:1", "is no UTF-8 text");
    assertThat(checked("orders/a.camel.yaml", new byte[50 << 20]))
        .contains("too-large: routes/orders/a.camel.yaml:1:1", "split it");
  }

  @Test
  void a_request_for_operators_that_would_be_answered_to_all_is_refused() {
    String flush =
        """
        - rest:
            path: /flush
            post:
              - routeId: shared-flush
                to: direct:shared-operator-reload-routes
        """;
    assertThat(checked("shared/operator/flush.camel.yaml", flush.getBytes(UTF_8)))
        .isEqualTo(
            "wrong-id: routes/shared/operator/flush.camel.yaml:4:18%n  %s"
                .formatted("the id is \"shared-flush\"; begin it with shared-operator-"));
    assertThat(
            checked(
                "shared-operator/flush.camel.yaml",
                flush.replace("shared-f", "shared-operator-f").getBytes(UTF_8)))
        .startsWith("wrong-id: ");
  }

  private static String checked(Path file) throws IOException {
    return checked("orders/" + file.getFileName(), Files.readAllBytes(file));
  }

  private static String checked(String path, byte[] bytes) {
    SortedMap<String, byte[]> all = new TreeMap<>(RouteFolder.read(ROUTES).routes());
    all.putAll(Map.of(path, bytes));
    return new RouteChecks(KNOWN, JAVA)
        .check(all, ROUTES).stream().map(RouteProblem::toString).collect(Collectors.joining("\n"));
  }

  private static String expected(Path file) throws IOException {
    return Files.readString(
            Path.of(file.toString().replaceFirst("\\.(camel\\.yaml|kamelet\\.yaml|java)$", ".txt")))
        .strip();
  }
}
