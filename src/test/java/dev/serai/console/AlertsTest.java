package dev.serai.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.support.Promtool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alert rules for Prometheus, by Prometheus' own tool. */
class AlertsTest {
  private static final Path FOLDER = Path.of("config/prometheus");
  private static final String RULES = "alerts.yml";
  private static final String TESTS = "alerts.test.yml";

  @Test
  void the_rules_are_such_and_fire_above_the_thresholds_only() throws Exception {
    assertThat(Promtool.run(FOLDER, "check", "rules", RULES)).contains("SUCCESS: 4 rules found");
    assertThat(Promtool.run(FOLDER, "test", "rules", TESTS)).contains("SUCCESS");
  }

  @Test
  void another_threshold_would_be_noticed(@TempDir Path copy) throws Exception {
    for (String threshold : new String[] {"10000", "1000", "100", "50"}) {
      Files.copy(FOLDER.resolve(TESTS), copy.resolve(TESTS));
      Files.writeString(
          copy.resolve(RULES),
          Files.readString(FOLDER.resolve(RULES))
              .replaceFirst("> " + threshold + "\n", "> " + threshold + "0\n"));

      assertThatThrownBy(() -> Promtool.run(copy, "test", "rules", TESTS))
          .hasMessageContaining("FAILED");
      Files.delete(copy.resolve(TESTS));
    }
  }

  @Test
  void a_queue_that_nobody_reads_would_be_noticed(@TempDir Path copy) throws Exception {
    String rules = Files.readString(FOLDER.resolve(RULES));
    Files.copy(FOLDER.resolve(TESTS), copy.resolve(TESTS));
    for (String one : new String[] {"events|", "|notifications", "|.*[.]dlq"}) {
      assertThat(rules).contains(one);
      Files.writeString(copy.resolve(RULES), rules.replace(one, ""));

      assertThatThrownBy(() -> Promtool.run(copy, "test", "rules", TESTS))
          .hasMessageContaining("FAILED");
    }
  }

  @Test
  void the_rules_ask_for_metrics_that_are_there() throws Exception {
    assertThat(
            Pattern.compile("serai_\\w+(?=[{)])")
                .matcher(Files.readString(FOLDER.resolve(RULES)))
                .results()
                .map(MatchResult::group))
        .isNotEmpty()
        .allMatch(MetricsDocTest.documented()::containsKey);
  }
}
