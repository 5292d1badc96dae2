package dev.serai.packs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Each file of accepted-routes does not only pass the check: a running Serai takes it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
class AcceptedRoutesIT {
  private static final Path ACCEPTED = Path.of("src/test/resources/accepted-routes");

  private EditedSerai edited;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException, InterruptedException {
    edited =
        new EditedSerai(
            folder,
            Map.of("serai.broker.mode", "embedded", "serai.broker.embedded.durable", "false"));
    edited.write(
        "routes/debias/topology.yaml", Files.readString(Path.of("routes/debias/topology.yaml")));
    edited.apply();
  }

  @AfterAll
  void stop() {
    edited.close();
  }

  @TestFactory
  Stream<DynamicTest> is_taken() throws IOException {
    try (Stream<Path> files = Files.list(ACCEPTED)) {
      return files.sorted().toList().stream()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> take(file)));
    }
  }

  private void take(Path file) throws Exception {
    String path = "routes/orders/" + file.getFileName();
    int before = edited.camel().getRoutesSize();
    edited.write(path, Files.readString(file));
    try {
      edited.apply();

      assertThat(edited.status(path).path("state").asText()).isEqualTo("LIVE");
      assertThat(edited.camel().getRoutes())
          .allSatisfy(route -> assertThat(isStarted(route)).as(route.getId()).isTrue());
    } finally {
      Files.delete(edited.file(path));
      edited.reload();
    }
    assertThat(edited.camel().getRoutesSize()).isEqualTo(before);
  }

  private static boolean isStarted(Route route) {
    CamelContext camel = route.getCamelContext();
    return camel.getRouteController().getRouteStatus(route.getRouteId()).isStarted();
  }
}
