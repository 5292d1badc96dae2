package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

  @Test
  void the_route_that_answers_a_reload_is_exchanged_after_its_answer() throws Exception {
    edit("routes/shared/operator/routes.camel.yaml", text -> text + "# edited\n");

    assertThat(call(0, "reload")).startsWith("later: a route that answers this request");
    await()
        .untilAsserted(() -> assertThat(call(0, "routes diff")).startsWith("nothing differs: gen"));
    assertThat(call(0, "reload")).isEqualTo("unchanged: generation 2 runs on\n");
  }

  @Test
  void a_diff_shows_what_is_on_disk_and_does_not_run() throws Exception {
    assertThat(call(0, "routes diff"))
        .isEqualTo("nothing differs: generation 1 runs the files as they are on disk\n");
    edit(TAKE, text -> text.replace("retry-then-park", "retry-then-prak"));
    Files.writeString(file("routes/swap/new.camel.yaml"), "- x: y\n");
    call(1, "reload");
    edit(COUNT, text -> text.replace("\"first\"", "\"second\""));
    Files.delete(file(PING));

    String differences = call(1, "routes diff");

    assertThat(differences)
        .contains(
            """
            routes/swap/count.camel.yaml: changed, not looked at yet; ./serai reload does it now
            --- routes/swap/count.camel.yaml\tlive
            +++ routes/swap/count.camel.yaml\ton disk
            @@ -7,7 +7,7 @@
                   steps:
                     - setHeader:
                         name: edition
            -            constant: "first"
            +            constant: "second"
                     - setHeader:
                         name: value
                         constant: "{{swap.value}}"
            """)
        .contains("new.camel.yaml: new, refused; is left out\n", "--- /dev/null\n", "+- x: y\n")
        .contains("ping.camel.yaml: deleted, not looked at yet", "+++ /dev/null\n")
        .containsPattern(
            "take.camel.yaml: changed, refused; runs as it was before\nunknown-policy: routes/swap")
        .contains("-    routeConfigurationId: retry-then-park\n");
  }

  @Test
  void a_diff_tells_that_a_password_is_another_one_and_not_which() throws Exception {
    edit(
        "config/swap.yaml",
        text -> text + "  password: \"opensesame\"\n  uri: amqp://me:abra@host\n");
    call(0, "reload");
    edit(
        "config/swap.yaml",
        text -> text.replace("opensesame", "simsalabim").replace("abra", "cad"));

    assertThat(call(1, "routes diff"))
        .contains("-  password: ****** (live)\n", "+  password: ****** (on disk)\n")
        .contains("+  uri: amqp://****** (on disk)@host\n")
        .doesNotContain("opensesame", "simsalabim", "abra", "cad@");
    assertThat(serai.operatorGet("/config/diff").body()).doesNotContain("opensesame", "simsalabim");
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
