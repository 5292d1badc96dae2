package dev.serai.routetests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What src/docs/route-tests.md shows is so, and the schema for editors says the same. */
class RouteTestsDocTest {
  private static final Path PAGE = Path.of("src/docs/route-tests.md");
  private static final Path SCHEMA = Path.of("src/main/resources/schema/route-test.schema.json");
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\\n(.*?)```");
  private static final Pattern FAILURE = Pattern.compile("(?s)```\\n(failed: .*?)```");
  private static final String TESTS = "charge-order.test.yaml";

  @TempDir private Path folder;

  @Test
  void the_example_runs_as_it_is_shown() throws IOException {
    ShopPack pack = example();

    assertThat(RouteTests.runAll(pack.tests(TESTS).tests()))
        .hasSize(2)
        .allSatisfy(result -> assertThat(result.isGood()).as("%s", result).isTrue());
  }

  @Test
  void the_example_fails_as_it_is_shown() throws IOException {
    ShopPack pack = example();
    String shown = FAILURE.matcher(Files.readString(PAGE)).results().toList().get(0).group(1);
    pack.with(TESTS, examples().get(1).replace("receipt: r1}}\n\n", "receipt: r2}}\n\n"));

    TestResult result = pack.tests(TESTS).tests().get(0).run();

    assertThat(alike(pack.plain(result) + "\n")).isEqualTo(alike(shown));
  }

  /** Without what is another in each run, and where the tests moved to on the page. */
  private static String alike(String text) {
    return text.replaceAll(":\\d+:\\d+", "").replaceAll(" id=\\S+", " id");
  }

  private ShopPack example() throws IOException {
    return ShopPack.in(folder)
        .with("charge-order.camel.yaml", examples().get(0))
        .with(TESTS, examples().get(1));
  }

  private static List<String> examples() throws IOException {
    return EXAMPLE.matcher(Files.readString(PAGE)).results().map(m -> m.group(1)).toList();
  }

  @Test
  void every_file_of_tests_fits_the_schema() throws IOException {
    List<Path> files = files(Path.of("routes"));
    assertThat(files).hasSizeGreaterThan(30);
    assertThat(files).allSatisfy(file -> assertThat(faults(file)).isEmpty());
    assertThat(files(Path.of("src/test/resources/route-tests/pack")))
        .allSatisfy(file -> assertThat(faults(file)).isEmpty());
  }

  @Test
  void the_schema_refuses_what_is_refused_for_its_form() {
    Path refused = Path.of("src/test/resources/route-tests/refused");
    assertThat(
            List.of(
                "unknown-key",
                "missing-key",
                "no-tests",
                "wrong-type",
                "wrong-number",
                "wrong-duration"))
        .allSatisfy(name -> assertThat(faults(refused.resolve(name + ".test.yaml"))).isNotEmpty());
  }

  private static Set<?> faults(Path file) throws IOException {
    ObjectMapper json = new ObjectMapper();
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(json.readTree(SCHEMA.toFile()));
    return schema.validate(json.valueToTree(new Yaml().load(Files.readString(file))));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(file -> file.toString().endsWith(".test.yaml")).toList();
    }
  }

  @Test
  void every_file_of_tests_and_of_topology_names_its_schema_for_editors() throws IOException {
    try (Stream<Path> found = Files.walk(Path.of("routes"))) {
      assertThat(found.filter(f -> f.toString().matches(".*(\\.test|/topology)\\.yaml")).toList())
          .allSatisfy(
              file -> {
                String first = Files.readAllLines(file).get(0);
                assertThat(first).startsWith("# yaml-language-server: $schema=");
                assertThat(file.resolveSibling(first.replaceFirst(".*=", ""))).isRegularFile();
              });
    }
  }

  @Test
  void the_page_explains_every_key() throws IOException {
    JsonNode parts = new ObjectMapper().readTree(SCHEMA.toFile()).path("$defs");

    assertThat(rows("given")).isEqualTo(keys(parts.path("given")));
    assertThat(rows("send")).isEqualTo(keys(parts.path("send")));
    assertThat(rows("expect")).containsAll(keys(parts.path("expect")));
    assertThat(section("expect")).contains(keys(parts.path("described")));
  }

  private static Set<String> rows(String section) throws IOException {
    return Pattern.compile("(?m)^\\| (`[^|]*`) \\|")
        .matcher(section(section))
        .results()
        .flatMap(row -> Pattern.compile("`([a-z-]+)`").matcher(row.group(1)).results())
        .map(word -> word.group(1))
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
