package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void copy_the_shipped_routes() throws IOException {
    Path shipped = Path.of("routes");
    try (Stream<Path> files = Files.walk(shipped)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve("routes").resolve(shipped.relativize(file).toString()));
      }
    }
  }

  @Test
  void nothing_is_wrong_in_the_shipped_files() {
    assertThat(call()).isZero();
    assertThat(out.toString()).matches("\\d+ route files, \\d+ other files: nothing wrong\\R");
  }

  @Test
  void every_problem_is_said_with_file_line_and_column() throws IOException {
    Path file = misspell();

    assertThat(call()).isOne();
    assertThat(out.toString())
        .startsWith("unknown-policy: " + file + ":")
        .contains("asks for \"retry-then-prak\"", "write retry-then-park")
        .containsPattern("\\d+ route files, \\d+ other files: 1 wrong");
  }

  @Test
  void tells_of_the_file_or_folder_that_is_asked_for_only() throws IOException {
    misspell();

    assertThat(call(folder.resolve("routes/shared").toString())).isZero();
    assertThat(call(folder.resolve("routes/debias").toString())).isOne();
  }

  @Test
  void a_tool_gets_a_list() throws IOException {
    Path file = misspell();

    assertThat(call("--json")).isOne();
    JsonNode list = new ObjectMapper().readTree(out.toString());
    assertThat(list).hasSize(1);
    assertThat(list.at("/0/name").asText()).isEqualTo("unknown-policy");
    assertThat(list.at("/0/file").asText()).isEqualTo(file.toString());
    assertThat(list.at("/0/line").asInt()).isPositive();
    assertThat(list.at("/0/remedy").asText()).isEqualTo("write retry-then-park");
  }

  @Test
  void what_an_editor_leaves_behind_is_no_route() throws IOException {
    for (String name : List.of(".x.camel.yaml.swp", "x.camel.yaml~", "4913", ".#x.camel.yaml")) {
      Files.writeString(folder.resolve("routes/debias").resolve(name), "no yaml: [");
    }

    assertThat(call()).isZero();
  }

  @Test
  void what_is_wrong_elsewhere_is_counted() throws IOException {
    misspell();

    assertThat(call(folder.resolve("routes/shared").toString())).isZero();
    assertThat(out.toString()).contains("nothing wrong here, but 1 elsewhere");
  }

  @Test
  void a_route_file_that_is_not_read_is_named() throws IOException {
    Files.writeString(folder.resolve("routes/lost.camel.yaml"), "- route: {}");
    Files.writeString(folder.resolve("routes/debias/lost.camel.yml"), "- route: {}");

    assertThat(call()).isOne();
    assertThat(out.toString())
        .contains(
            "stray-file: " + folder.resolve("routes/debias/lost.camel.yml") + ":1:1",
            "stray-file: " + folder.resolve("routes/lost.camel.yaml") + ":1:1",
            "move it into a folder",
            "none refused, 2 probably wrong (warnings)")
        .doesNotContain("nothing wrong");
  }

  @Test
  void a_broken_file_of_values_hides_no_other_problem() throws IOException {
    misspell();
    Path config = copyOfConfig();
    Files.writeString(config.resolve("broken.yaml"), "a: [");

    assertThat(call("--config", config.toString())).isOne();
    assertThat(out.toString())
        .contains("bad-config: " + config.resolve("broken.yaml"), "unknown-policy: ");
  }

  @Test
  void a_file_of_values_may_have_several_documents() throws IOException {
    Path config = copyOfConfig();
    Files.writeString(
        config.resolve("debias.yaml"),
        Files.readString(config.resolve("debias.yaml")) + "---\ndebias:\n  unread: 1\n");

    assertThat(call("--config", config.toString())).isOne();
    assertThat(out.toString())
        .startsWith("unused-value: ")
        .contains(String.join(".", "debias", "unread"));
  }

  private Path copyOfConfig() throws IOException {
    Path config = Files.createDirectories(folder.resolve("config"));
    try (Stream<Path> files = Files.list(Path.of("config"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, config.resolve(file.getFileName()));
      }
    }
    return config;
  }

  @Test
  void a_folder_that_is_not_there_is_named() {
    assertThat(call("nowhere")).isOne();
    assertThat(err.toString()).contains("nowhere does not exist");
  }

  private Path misspell() throws IOException {
    Path file = folder.resolve("routes/debias/store-one-in-graph.camel.yaml");
    String text = Files.readString(file);
    Files.writeString(file, text.replace("retry-then-park", "retry-then-prak"));
    return file;
  }

  private int call(String... more) {
    CommandLine cli = Cli.commandLine();
    cli.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return cli.execute(
        Stream.concat(
                Stream.of("check", "--routes", folder.resolve("routes").toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }
}
