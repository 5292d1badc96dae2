package dev.serai.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.files.PackValues;
import dev.serai.files.Packs;
import dev.serai.files.Snapshot;
import dev.serai.javadsl.JavaRoutes;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A folder of 2,000 routes, each of which sends to the next. */
class ManyRoutesTest {
  private static final int ROUTES = 2_000;
  private static final String ROUTE =
      """
      - route:
          id: many-step-%1$d
          description: Passes on to the next.
          routeConfigurationId: leave-to-caller
          from:
            uri: direct:many-step-%1$d
            steps:
              - setHeader:
                  name: step
                  simple: "${header.step} %1$d"
              - to: direct:many-step-%2$d
      """;

  @Test
  void is_checked_within_ten_seconds_and_its_one_mistake_is_found() throws IOException {
    Path routes = Path.of("routes");
    Snapshot snapshot = Snapshot.read(new Packs(routes, ""), Path.of("config"));
    for (int i = 1; i <= ROUTES; i++) {
      snapshot
          .files()
          .put(
              "routes/many/step-%d.camel.yaml".formatted(i),
              ROUTE.formatted(i, i + 1).getBytes(StandardCharsets.UTF_8));
    }
    FolderCheck check =
        new FolderCheck(
            routes, PackValues.of(Path.of("config")), Known.scannedBeans(), JavaRoutes.inMemory());

    long before = processorTime(); // other tests run beside this one, in another process

    List<RouteProblem> problems = check.check(snapshot).problems();

    assertThat(Duration.ofNanos(processorTime() - before)).isLessThan(Duration.ofSeconds(10));
    assertThat(problems)
        .extracting(RouteProblem::toString)
        .containsExactly(
            "unreachable-direct: routes/many/step-2000.camel.yaml:11:15%n  no route takes direct:many-step-2001; write direct:many-step-1001"
                .formatted());
  }

  /** Of all threads of Java, in nanoseconds; not of the compiler, which is warm in a Serai. */
  private static long processorTime() {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    return LongStream.of(clock.getAllThreadIds())
        .map(clock::getThreadCpuTime)
        .filter(time -> time > 0)
        .sum();
  }
}
