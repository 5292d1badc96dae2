package dev.serai.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** src/docs/metrics.md names every metric of ours, and none that is not there. */
class MetricsDocTest {
  private static final Path PAGE = Path.of("src/docs/metrics.md");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(serai_\\w+)` \\| (\\w+) \\|([^|]*)\\| [^|]+ \\| [^|]+ \\|$");
  private static final Pattern MADE =
      Pattern.compile(
          "(\\w+\\.builder|\\.counter|\\.timer|\\.gauge|\\.summary)\\(\\s*\"(serai\\.[a-z.]+)\"");
  private static final Pattern METRIC = Pattern.compile("serai_[a-z]\\w+[a-z]");

  @Test
  void names_what_the_code_makes() throws IOException {
    assertThat(documented().keySet()).isEqualTo(made());
  }

  @Test
  void other_pages_name_only_metrics_that_are_there() throws IOException {
    Set<String> known = documented().keySet();
    try (Stream<Path> pages =
        Stream.concat(Files.walk(Path.of("src/docs")), Files.walk(Path.of("config/grafana")))) {
      for (Path page : pages.filter(Files::isRegularFile).toList()) {
        assertThat(METRIC.matcher(Files.readString(page)).results().map(MatchResult::group))
            .as(page.toString())
            .allSatisfy(
                name ->
                    assertThat(known).contains(name.replaceFirst("_(bucket|count|sum|max)$", "")));
      }
    }
  }

  /** Names of the page's metrics and the labels of each. */
  static SortedMap<String, Set<String>> documented() {
    try {
      SortedMap<String, Set<String>> metrics = new TreeMap<>();
      ROW.matcher(Files.readString(PAGE))
          .results()
          .forEach(row -> metrics.put(row.group(1), labels(row.group(3))));
      return metrics;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> labels(String cell) {
    return Arrays.stream(cell.split(","))
        .map(String::strip)
        .filter(label -> !label.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> made() throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
        MADE.matcher(Files.readString(source))
            .results()
            .map(made -> inPrometheus(made.group(1), made.group(2)))
            .forEach(names::add);
      }
    }
    return names;
  }

  private static String inPrometheus(String kind, String name) {
    String unit =
        switch (kind) {
          case ".counter", "Counter.builder", "FunctionCounter.builder" -> "_total";
          case ".timer", "Timer.builder", "TimeGauge.builder" -> "_seconds";
          default -> "";
        };
    return name.replace('.', '_') + unit;
  }
}
