package dev.serai.debias;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.support.SeraiApp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

class DebiasValuesTest {
  /** Any text is a login, a key or an event type. */
  private static final Set<String> FREE =
      Set.of(
          "debias.event-types",
          "debias.graph.neo4j-user",
          "debias.graph.neo4j-password",
          "debias.profile.qdrant-api-key");

  @Test
  void takes_the_values_that_are_shipped() throws IOException {
    assertThat(DebiasValues.problems(environment(Map.of()))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          write-path                  | Queue               | direct, both or queue
          priority.purchase           | 11                  | a whole number from 0 to 10
          priority.other              | -1                  | a whole number from 0 to 10
          direct.retry-after          | 5s                  | a whole number from 0 to 86400
          direct.threads              | 0                   | a whole number from 1 to 1000
          direct.max-waiting          | 0                   | a whole number from 1 to 1000000
          retry                       | 5s, 30              | times such as 5s, 30s, 5m, shortest first
          retry                       | 30s, 5s             | times such as 5s, 30s, 5m, shortest first
          retry                       | 5s,                 | times such as 5s, 30s, 5m, shortest first
          retry                       | 0s                  | times such as 5s, 30s, 5m, shortest first
          retry                       | 400d                | times such as 5s, 30s, 5m, shortest first
          queue.max-length            | 0                   | a whole number from 1 to 1000000000000
          graph.neo4j-timeout         | 61s                 | a time from 1s to 60s
          graph.neo4j-timeout         | soon                | a time from 1s to 60s
          graph.answer-limit          | 10001               | a whole number from 1 to 10000
          graph.workers               | 0                   | a whole number from 1 to 100
          graph.batch-size            | 1                   | a whole number from 2 to 1000
          graph.batch-timeout-ms      | 50ms                | a whole number from 1 to 60000
          graph.prefetch              | 200                 | a whole number from 1 to 60
          profile.qdrant-host         | http://qdrant       | a name or an IP address, or nothing
          profile.qdrant-host         | qdrant:6334         | a name or an IP address, or nothing
          profile.qdrant-port         | 70000               | a whole number from 1 to 65535
          profile.qdrant-tls          | yes                 | true or false
          profile.qdrant-timeout-ms   | 0                   | a whole number from 1 to 600000
          profile.vector-dimension    | 0                   | a whole number from 1 to 65535
          profile.weights.view        | much                | a number
          profile.other-weight        | 1e400               | a number
          profile.last-products       | -1                  | a whole number from 0 to 10000
          profile.remembered-events   | many                | a whole number from 0 to 100000
          profile.workers             | 2.5                 | a whole number from 1 to 100
          profile.batch-size          | 1001                | a whole number from 2 to 1000
          profile.batch-timeout-ms    | 0                   | a whole number from 1 to 60000
          profile.prefetch            | 0                   | a whole number from 1 to 60
          """)
  void says_which_value_cannot_be_and_what_to_write(String key, String value, String remedy)
      throws IOException {
    assertThat(DebiasValues.problems(environment(Map.of("debias." + key, value))))
        .containsExactly("bad-value: debias.%s is \"%s\"; write %s".formatted(key, value, remedy));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "a/b"})
  void a_collection_has_a_name_that_qdrant_takes(String name) throws IOException {
    assertThat(DebiasValues.problems(environment(Map.of("debias.profile.qdrant-collection", name))))
        .singleElement()
        .asString()
        .startsWith("bad-value: debias.profile.qdrant-collection is \"" + name + "\"; write 1 to");
  }

  @Test
  void quotes_no_address_that_may_hold_a_password() throws IOException {
    Map<String, Object> values = Map.of("debias.graph.neo4j-uri", "http://neo4j:secret@host");

    assertThat(DebiasValues.problems(environment(values)))
        .singleElement()
        .asString()
        .startsWith("bad-value: debias.graph.neo4j-uri cannot be; write an address such as")
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"qdrant", "qdrant.my-net_1", "10.0.0.1", "::1", "[fe80::1]"})
  void takes_every_kind_of_host(String host) throws IOException {
    assertThat(DebiasValues.problems(environment(Map.of("debias.profile.qdrant-host", host))))
        .isEmpty();
  }

  @Test
  void every_key_of_the_file_has_a_rule_or_takes_any_text() throws IOException {
    Map<String, Object> wrong =
        shipped().stringPropertyNames().stream()
            .filter(key -> !FREE.contains(key))
            .collect(Collectors.toMap(key -> key, key -> "\u0000 wrong"));

    Set<String> refused =
        DebiasValues.problems(environment(wrong)).stream()
            .map(problem -> problem.split(" ")[1])
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(refused).isEqualTo(new TreeSet<>(wrong.keySet()));
  }

  @Test
  void a_start_with_wrong_values_ends_with_all_of_them(@TempDir Path data) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("serai.broker.mode", "embedded");
    settings.put("serai.broker.embedded.durable", "false");
    settings.put("debias.write-path", "Queue");
    settings.put("debias.profile.vector-dimension", "many");

    assertThatThrownBy(() -> SeraiApp.start(data, settings).close())
        .hasMessage(
            """
            bad-value: debias.write-path is "Queue"; write direct, both or queue
            bad-value: debias.profile.vector-dimension is "many"; write a whole number from 1 to 65535""");
  }

  private static StandardEnvironment environment(Map<String, ?> values) throws IOException {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", Map.copyOf(values)));
    new YamlPropertySourceLoader()
        .load("debias", new FileSystemResource("config/debias.yaml"))
        .forEach(environment.getPropertySources()::addLast);
    return environment;
  }

  private static Properties shipped() throws IOException {
    Properties keys = new Properties();
    new YamlPropertySourceLoader()
        .load("debias", new FileSystemResource("config/debias.yaml")).stream()
            .map(EnumerablePropertySource.class::cast)
            .flatMap(source -> Set.of(source.getPropertyNames()).stream())
            .forEach(key -> keys.setProperty(key, ""));
    return keys;
  }
}
