package dev.serai.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

/** What src/docs/topology.md shows can be loaded, and it leaves nothing out. */
class TopologyDocTest {
  private static final Path PAGE = Path.of("src/docs/topology.md");
  private static final Path SCHEMA = Path.of("src/main/resources/schema/topology.schema.json");
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)```");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|");
  private static final Pattern SHOWN = Pattern.compile("(?m)`(\\w+)\\.(\\w+)` \\|$");

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> every_example_is_read_without_a_problem() throws IOException {
    List<String> examples = examples();
    assertThat(examples).hasSize(4);
    return examples.stream()
        .map(
            text ->
                DynamicTest.dynamicTest(
                    text.lines().skip(1).findFirst().orElse(""),
                    () -> assertThat(load(text).problems()).isEmpty()));
  }

  @Test
  void the_examples_make_what_the_page_says() throws IOException {
    List<String> examples = examples();

    assertThat(load(examples.get(0)).queues())
        .containsKeys(
            "orders.billing.wait.5s", "orders.billing.wait.30s", "orders.billing.wait.5m");
    assertThat(load(examples.get(1)).exchanges())
        .containsOnlyKeys("tasks.retry.enter", "tasks.retry.return");
    assertThat(load(examples.get(1)).queues()).containsKey("tasks.retry");
    assertThat(load(examples.get(2)).queues()).containsKey("stock.changes.wait.1m");
  }

  @Test
  void explains_every_key_of_an_exchange_and_of_a_queue() throws IOException {
    JsonNode parts = new ObjectMapper().readTree(SCHEMA.toFile()).path("$defs");

    assertThat(rows("Exchanges")).isEqualTo(keys(parts.path("exchange")));
    assertThat(rows("Queues")).isEqualTo(keys(parts.path("queue")));
  }

  @Test
  void every_difference_of_the_embedded_broker_is_shown_by_a_test() throws IOException {
    String section = section("The embedded broker differs");
    long differences = section.lines().filter(line -> line.startsWith("| ")).count() - 1;

    List<String[]> shown =
        SHOWN
            .matcher(section)
            .results()
            .map(found -> new String[] {found.group(1), found.group(2)})
            .toList();

    assertThat(shown)
        .hasSize((int) differences)
        .allSatisfy(test -> assertThat(source(test[0])).contains("void " + test[1] + "("));
  }

  private static String source(String type) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      Path file = files.filter(f -> f.endsWith(type + ".java")).findFirst().orElseThrow();
      return Files.readString(file);
    }
  }

  private LoadedTopologies load(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("topology.yaml"), yaml);
    MockEnvironment values =
        new MockEnvironment()
            .withProperty("shop.max-length", "1000")
            .withProperty("shop.retry", "1s, 1m");
    return LoadedTopologies.read(List.of(file), values);
  }

  private static List<String> examples() throws IOException {
    return EXAMPLE.matcher(Files.readString(PAGE)).results().map(m -> m.group(1)).toList();
  }

  private static Set<String> rows(String section) throws IOException {
    return ROW.matcher(section(section))
        .results()
        .map(row -> row.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String section(String heading) throws IOException {
    return Files.readString(PAGE).split("\n## " + heading + "\n")[1].split("\n## ")[0];
  }

  private static Set<String> keys(JsonNode part) {
    Set<String> keys = new TreeSet<>();
    part.path("properties").fieldNames().forEachRemaining(keys::add);
    return keys;
  }
}
