package dev.serai.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The script with the real Serai, from the jar that the build has just made. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // made before all tests
class ScriptIT {
  private static final Pattern DATA_PORT = Pattern.compile("data port +(http://\\S+)");
  private static final Pattern OPERATOR_PORT = Pattern.compile("operator port +(http://\\S+)");

  private static final Pattern BANNER =
      Pattern.compile(
          """
          Serai \\d+\\.\\d+\\.\\S+ · embedded broker \\(serai\\.broker\\.mode is embedded\\)
            data port +http://127\\.0\\.0\\.1:\\d+
            operator port +http://127\\.0\\.0\\.1:\\d+
            packs +debias
            ready +\\d+ routes in \\d+\\.\\d s
          """);

  private static final List<String> LINKED = List.of("pom.xml", "src", "config", "routes");

  private Path folder;
  private Path home;
  private Path log;
  private Process serai;

  @BeforeAll
  void start_from_a_checkout(@TempDir Path folder) throws Exception {
    this.folder = folder;
    home = Files.createDirectory(folder.resolve("checkout"));
    for (String name : LINKED) {
      Files.createSymbolicLink(home.resolve(name), Path.of(name).toAbsolutePath());
    }
    Files.copy(Path.of("serai"), home.resolve("serai"));
    Path layout = home.resolve("target/layout");
    Process extract =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Djarmode=tools",
                "-jar",
                Path.of("target/serai.jar").toAbsolutePath().toString(),
                "extract",
                "--destination",
                layout.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(extract.waitFor()).isZero();
    Files.createFile(layout.resolve("built"));
    log = folder.resolve("log");
    serai = run(log, Map.of(), onFreePorts("data"));
    awaitReady(serai, log);
  }

  private static void awaitReady(Process process, Path log) throws IOException {
    await()
        .atMost(Duration.ofMinutes(8)) // the archive is made, too
        .until(() -> Files.readString(log).contains("routes in") || !process.isAlive());
    assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
  }

  @AfterAll
  void end() throws Exception {
    serai.destroyForcibly().waitFor();
    for (String name : LINKED) {
      Files.delete(home.resolve(name));
    }
  }

  @Test
  void control_c_stops_it_within_ten_seconds() throws Exception {
    Path otherLog = folder.resolve("other");
    Process other =
        run(
            otherLog,
            Map.of(
                "SERAI_PORT", "0",
                "SERAI_OPERATOR_PORT", "0",
                "SERAI_DATA", folder.resolve("other-data").toString(),
                "SERAI_CONSUME", "none"),
            "--packs",
            "debias");
    awaitReady(other, otherLog);
    HttpResponse<String> health = get(address(otherLog, DATA_PORT) + "/rabbitmq/health");
    assertThat(health.body())
        .contains("\"events.neo4j\":{\"messages\":0,\"consumers\":0}"); // it publishes only
    assertThat(otherLog).content().containsPattern(BANNER);
    assertThat(folder.resolve("other-data")).isNotEmptyDirectory();

    new ProcessBuilder("kill", "-INT", Long.toString(other.pid())).start().waitFor();

    assertThat(other.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(other.exitValue()).isEqualTo(130);
    assertThat(otherLog).content().doesNotContain("Exception");
  }

  @Test
  void a_second_one_on_the_same_data_folder_is_refused_with_the_remedy() throws Exception {
    Path secondLog = folder.resolve("second");

    Process second = run(secondLog, Map.of(), onFreePorts("data"));

    assertThat(second.waitFor(90, TimeUnit.SECONDS)).isTrue();
    assertThat(second.exitValue()).isEqualTo(1);
    assertThat(secondLog)
        .content()
        .contains("data-folder-in-use: ", "set SERAI_DATA to another folder")
        .doesNotContain("\tat ");
    assertThat(serai.isAlive()).isTrue();
  }

  @Test
  void answers_what_the_readme_says() throws Exception {
    List<Readme.Step> steps = Readme.steps();
    assertThat(steps).hasSize(4);

    for (Readme.Step step : steps) {
      Map<String, String> sent = new HashMap<>();
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                StringBuilder output = new StringBuilder();
                for (String command : step.commands()) {
                  output.append(
                      command.contains(" -d ") // once only; what reads is repeated
                          ? sent.computeIfAbsent(command, this::outcome)
                          : outcome(command));
                }
                assertThat(Readme.normal(output.toString())).matches(step.answer());
              });
    }
  }

  /** What a command of the README prints, on the ports of this Serai. */
  private String outcome(String command) {
    try {
      String data = address(log, DATA_PORT);
      ProcessBuilder builder =
          new ProcessBuilder("bash", "-c", command.replace("localhost:8080", data.substring(7)));
      builder.environment().keySet().removeIf(name -> name.startsWith("SERAI_"));
      builder.environment().put("SERAI_PORT", port(data));
      builder.environment().put("SERAI_OPERATOR_PORT", port(address(log, OPERATOR_PORT)));
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      Process process = builder.directory(home.toFile()).redirectErrorStream(true).start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .stripTrailing()
          + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String port(String address) {
    return address.substring(address.lastIndexOf(':') + 1);
  }

  private String[] onFreePorts(String data) {
    return new String[] {
      "--port", "0", "--operator-port", "0", "--data", folder.resolve(data).toString()
    };
  }

  /** Through Perl, because a job in the background may have been told to ignore Ctrl-C. */
  private Process run(Path output, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(List.of("perl", "-e", "$SIG{INT} = 'DEFAULT'; exec @ARGV", "bash"));
    command.addAll(List.of(home.resolve("serai").toString(), "run"));
    command.addAll(List.of(arguments));
    command.add("--serai.broker.mode=embedded");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("SERAI_"));
    builder.environment().putAll(environment);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
  }

  private static String address(Path log, Pattern port) throws IOException {
    Matcher matcher = port.matcher(Files.readString(log));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private static HttpResponse<String> get(String address) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
