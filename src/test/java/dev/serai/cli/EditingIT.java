package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.support.SeraiApp;
import dev.serai.support.TestPack;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands of a person who edits the files of a Serai that runs, and that looks when asked. */
@Timeout(120)
@SuppressWarnings("NullAway.Init") // started before each test
class EditingIT {
  private static final String COUNT = "routes/swap/count.camel.yaml";
  private static final String PING = "routes/swap/ping.camel.yaml";
  private static final String TAKE = "routes/swap/take.camel.yaml";

  @TempDir private Path folder;
  private SeraiApp serai;

  @BeforeEach
  void start() throws IOException {
    TestPack.install(folder.resolve("routes"), "swap", text -> text.replace("$swap", "swap"));
    Files.createDirectories(folder.resolve("config"));
    try (Stream<Path> values = Files.list(Path.of("config"))) {
      for (Path file : values.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve("config").resolve(file.getFileName()));
      }
    }
    Files.writeString(folder.resolve("config/swap.yaml"), "swap:\n  value: one\n");
    serai =
        SeraiApp.start(
            folder.resolve("data"),
            Map.of(
                "serai.routes", folder.resolve("routes").toString(),
                "serai.config", folder.resolve("config").toString(),
                "serai.reload.interval", "0s",
                "serai.broker.mode", "embedded",
                "serai.broker.embedded.durable", "false"));
  }

  @AfterEach
  void stop() {
    serai.close();
  }

  @Test
  void a_reload_tells_what_was_taken_and_what_was_refused() throws Exception {
    assertThat(call(0, "reload")).isEqualTo("unchanged: generation 1 runs on\n");
    edit(COUNT, text -> text.replace("first", "second"));
    edit(TAKE, text -> text.replace("retry-then-park", "retry-then-prak"));
    Files.delete(file(PING));
    edit("config/application.yaml", text -> text + "# edited\n");

    String told = call(1, "reload");

    assertThat(told)
        .containsPattern("applied: generation 2, route files loaded: 2, messages waited \\d+ ms\n")
        .contains("  changed  " + COUNT + "\n", "  deleted  " + PING + "\n")
        .contains("in effect after the next one: config/application.yaml\n")
        .contains("refused: " + TAKE + "\nunknown-policy: " + TAKE + ":")
        .contains("asks for \"retry-then-prak\"", "; write retry-then-park\n");
    JsonNode again = new ObjectMapper().readTree(call(1, "reload --json"));
    assertThat(again.path("result").asText()).isEqualTo("UNCHANGED");
    assertThat(again.path("refused")).hasSize(1);
  }

  private void edit(String path, UnaryOperator<String> change) throws IOException {
    String before = Files.readString(file(path));
    String after = change.apply(before);
    assertThat(after).as("an edit of %s", path).isNotEqualTo(before);
    Files.writeString(file(path), after);
  }

  private Path file(String path) {
    return folder.resolve(path);
  }

  /** What a command prints, with paths below the folder. */
  private String call(int code, String command) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine cli = Cli.commandLine();
    cli.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] arguments = (command + " --operator-port " + serai.operatorPort()).split(" ");
    assertThat(cli.execute(arguments)).as("%s%s", out, err).isEqualTo(code);
    return out.toString().replace(folder + "/", "").replace("\r\n", "\n");
  }
}
