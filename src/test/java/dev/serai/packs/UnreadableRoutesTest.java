package dev.serai.packs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.files.Packs;
import dev.serai.health.HealthCheck.Result;
import dev.serai.health.HealthCheck.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Each file of {@code unreadable-routes} is left out with the message beside it. */
@ExtendWith(OutputCaptureExtension.class)
class UnreadableRoutesTest {
  private static final Path REFUSED = Path.of("src/test/resources/unreadable-routes");
  private static final String GOOD =
      """
      - route:
          id: trial-good
          from:
            uri: direct:good
            steps:
              - log: x
      """;

  @TempDir private Path routes;

  static List<Path> refused() throws IOException {
    try (Stream<Path> files = Files.list(REFUSED)) {
      return files.filter(file -> file.toString().endsWith(".camel.yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("refused")
  void says_place_and_remedy_in_one_line(Path refused, CapturedOutput output) throws Exception {
    Path copy = put("trial/" + refused.getFileName(), Files.readString(refused));

    load();

    String expected =
        Files.readString(Path.of(refused.toString().replace(".camel.yaml", ".txt"))).strip();
    assertThat(output.getAll().lines().filter(line -> line.contains("ERROR")))
        .singleElement()
        .asString()
        .endsWith(expected.replace("{file}", copy.toString()));
    assertThat(output).doesNotContain("\tat ");
  }

  @Test
  void a_file_that_is_left_out_degrades_health_and_stops_no_other() throws Exception {
    put("trial/good.camel.yaml", GOOD);
    Path bad = put("trial/bad.camel.yaml", "- rout:\n    id: x\n");

    Loaded loaded = load();

    assertThat(loaded.health())
        .isEqualTo(new Result("route-files", Status.Degraded, "Left out: " + bad));
    assertThat(loaded.routes()).containsExactly("trial-good");
  }

  @Test
  void is_healthy_when_every_file_is_in_use() throws Exception {
    put("trial/good.camel.yaml", GOOD);

    assertThat(load().health().status()).isEqualTo(Status.Healthy);
  }

  private record Loaded(Result health, List<String> routes) {}

  private Loaded load() throws IOException {
    RouteLoader loader = new RouteLoader(new Packs(routes, ""), new ConsumerChoice(""));
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      loader.beforeApplicationStart(camel);
      return new Loaded(
          loader.check(),
          camel.getRouteDefinitions().stream().map(route -> route.getRouteId()).toList());
    }
  }

  private Path put(String name, String text) throws IOException {
    Path file = routes.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
