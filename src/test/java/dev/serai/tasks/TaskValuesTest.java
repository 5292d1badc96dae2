package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

class TaskValuesTest {
  private static final Set<String> OURS =
      Set.of(
          "tasks",
          "dlq",
          "events",
          "notifications",
          "background",
          "spend",
          "debate",
          "verification");

  @Test
  void takes_the_values_that_are_shipped() throws IOException {
    assertThat(TaskValues.problems(environment(Map.of()))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tasks.types                | LLM                | names of small letters, digits and -, separated by commas
          tasks.default-priority     | 11                 | a whole number from 0 to 10
          tasks.lease                | 30                 | a time from 20ms to 24h
          tasks.lease                | 1s                 | at least two of helixagent.tasks.renewal
          tasks.renewal              | 1ms                | a time from 10ms to 1h
          tasks.most-starts          | 0                  | a whole number from 1 to 1000000
          tasks.most-waiting         | 0                  | a whole number from 1 to 1000000000
          tasks.stream.most-followers | none              | a whole number from 1 to 1000000
          tasks.retry.wait           | soon               | a time from 1ms to 365d
          tasks.retry.attempts       | 0                  | a whole number from 1 to 1000
          tasks.retry.max-length     | 0                  | a whole number from 1 to 1000000000000
          tasks.result.retries       | -1                 | a whole number from 0 to 1000
          tasks.result.pause-ms      | 1s                 | a whole number from 1 to 60000
          tasks.sweep.interval       | 200ms              | a time such as 1s, 5m or 1h
          tasks.sweep.publish-after  | 10ms               | a time from 1s to 24h
          tasks.sweep.republish-after | 31d               | a time from 1s to 30d
          tasks.sweep.announce-after | 2d                 | a time from 1s to 24h
          tasks.sweep.limit          | 0                  | a whole number from 1 to 100000
          tasks.keep                 | 0s                 | a time from 1s to 3650d
          tasks.forget-interval      | 1                  | a time such as 1s, 5m or 1h
          dlq.ttl                    | 400d               | a time from 1ms to 365d
          dlq.max-length             | all                | a whole number from 1 to 1000000000000
          events.ttl                 | 0s                 | a time from 1ms to 365d
          events.max-length          | 0                  | a whole number from 1 to 1000000000000
          notifications.ttl          | 1y                 | a time from 1ms to 365d
          notifications.max-length   | -1                 | a whole number from 1 to 1000000000000
          notifications.workers      | 0                  | a whole number from 1 to 100
          background.workers         | 101                | a whole number from 1 to 100
          background.routes          | direct:a           | names of direct:, separated by commas
          background.targets         | a=file:///etc      | name=https://host/path, separated by commas
          background.targets         | https://a.example/ | name=https://host/path, separated by commas
          background.timeout         | 25h                | a time from 1ms to 24h
          spend.exchange             | a b                | the name of an exchange
          debate.workers             | 0                  | a whole number from 1 to 100
          debate.minimum-answers     | 0                  | a whole number from 1 to 1000
          debate.round-timeout       | 500ms              | a time from 1s to 24h
          debate.max-participants    | 0                  | a whole number from 1 to 1000
          debate.max-rounds          | many               | a whole number from 1 to 1000
          debate.look                | 100ms              | a time such as 1s, 5m or 1h
          verification.workers       | 0                  | a whole number from 1 to 100
          verification.timeout       | 0s                 | a time from 1ms to 24h
          verification.max-tokens    | 0                  | a whole number from 1 to 1000000
          verification.every         | 500ms              | 0, or a time from 1s to 365d
          verification.every         | 8d                 | at most helixagent.tasks.keep
          llm.fairness.enabled       | yes                | true or false
          llm.fairness.ageing        | 0s                 | 0, or a time such as 5m
          llm.fairness.weights       | a=2, b             | tenant=weight, separated by commas, with weights from 1 to 1000
          llm.fairness.weights       | a=0                | tenant=weight, separated by commas, with weights from 1 to 1000
          llm.fairness.look          | 100ms              | a time such as 1s, 5m or 1h
          """)
  void says_which_value_cannot_be_and_what_to_write(String key, String value, String remedy)
      throws IOException {
    assertThat(TaskValues.problems(environment(Map.of("helixagent." + key, value))))
        .containsExactly(
            "bad-value: helixagent.%s is \"%s\"; write %s".formatted(key, value, remedy));
  }

  @Test
  void the_lease_outlives_a_statement_that_postgresql_does_not_answer() throws IOException {
    Map<String, Object> hanging =
        Map.of(
            "helixagent.tasks.lease", "20s",
            "serai.db.answer-timeout", "10s",
            "serai.db.url", "postgres://u:secret@db.example/serai");
    assertThat(TaskValues.problems(environment(hanging)))
        .containsExactly(
            "bad-value: helixagent.tasks.lease is \"20s\"; write more than twice"
                + " serai.db.answer-timeout, which is \"10s\"");

    Map<String, Object> answering = new HashMap<>(hanging);
    answering.put("helixagent.tasks.lease", "21s");
    assertThat(TaskValues.problems(environment(answering))).isEmpty();

    Map<String, Object> onH2 = new HashMap<>(hanging);
    onH2.put("serai.db.url", "");
    assertThat(TaskValues.problems(environment(onH2))).isEmpty();
  }

  @Test
  void every_value_of_tasks_has_a_rule() throws IOException {
    String nothing = "\u0000";
    String[] keys =
        Arrays.stream(shipped().getPropertyNames())
            .filter(key -> OURS.contains(key.split("\\.")[1]) || key.contains(".fairness."))
            .toArray(String[]::new);

    assertThat(keys).hasSizeGreaterThan(20);
    for (String key : keys) {
      assertThat(TaskValues.problems(environment(Map.of(key, nothing)))).as(key).hasSize(1);
    }
  }

  private static StandardEnvironment environment(Map<String, Object> values) throws IOException {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(shipped());
    environment.getPropertySources().addFirst(new MapPropertySource("test", values));
    return environment;
  }

  private static EnumerablePropertySource<?> shipped() throws IOException {
    return (EnumerablePropertySource<?>)
        new YamlPropertySourceLoader()
            .load("shipped", new FileSystemResource("config/helixagent.yaml"))
            .get(0);
  }
}
