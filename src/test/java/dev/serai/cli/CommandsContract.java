package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.support.SeraiApp;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Each command against a Serai that works. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class CommandsContract {
  private static final Duration LONG = Duration.ofSeconds(30);

  private SeraiApp serai;

  /** Settings that choose a broker without messages. */
  abstract Map<String, String> broker();

  @BeforeAll
  void start(@TempDir Path data) {
    Map<String, String> settings = new LinkedHashMap<>(broker());
    settings.put("serai.packs", "debias,helixagent");
    settings.put("debias.write-path", "both");
    settings.put("debias.retry", "100ms");
    serai = SeraiApp.start(data, settings);
  }

  @AfterAll
  void stop() {
    serai.close();
  }

  @Test
  void a_thousand_events_are_all_taken_and_both_write_paths_agree_on_them() {
    String figures =
        call(
            "bench debias --events 1000 --connections 8 --url http://127.0.0.1:%d/events"
                .formatted(serai.port()));

    assertThat(figures)
        .containsPattern("rate +[1-9]\\d* /s")
        .containsPattern("p50 +\\d+\\.\\d ms")
        .containsPattern("p95 +\\d+\\.\\d ms")
        .containsPattern("p99 +\\d+\\.\\d ms")
        .containsPattern("failures +0\n");
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(call("debias compare --port " + serai.port()))
                    .containsPattern("in both +1000\n"));
  }

  @Test
  void a_dead_letter_is_listed_shown_and_replayed() throws Exception {
    serai.post("/publish/events/user.event", "{\"user_id\":\"x\"}");

    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(operator("dlq list")).containsPattern("events.dlq +2 "));
    assertThat(operator("dlq show events.dlq"))
        .contains("debias-store-one-in-graph", "debias-update-one-profile", "bad-event", "2 of 2");
    assertThat(operator("dlq replay events.dlq --dry-run")).contains("2");
    assertThat(operator("dlq replay events.dlq --max 1")).contains("1");
  }

  @Test
  void the_topology_is_what_the_broker_has() {
    assertThat(operator("topology"))
        .contains("broker: connected")
        .containsPattern("events +fanout +drop +declared")
        .containsPattern("events\\.neo4j +work .* declared")
        .doesNotContain("missing");
  }

  @Test
  void the_live_routes_are_listed_with_what_they_have_done() {
    assertThat(operator("routes"))
        .containsPattern("ID +STATE +FROM +IN-FLIGHT +PROCESSED +FAILED +LAST ERROR")
        .containsPattern("debias-post-event +started +POST /events +0 +\\d+ +\\d+ +-")
        .containsPattern("debias-store-event-in-graph +started +queue events.neo4j +\\d+ +\\d+ ");
    assertThat(operator("routes --json")).contains("\"id\" : \"debias-post-event\"");
  }

  @Test
  void who_consumes_sees_what_is_published_and_leaves_nothing_behind() throws Exception {
    CompletableFuture<String> seen =
        CompletableFuture.supplyAsync(
            () -> operator("consume nobody --exchange helixagent.tasks --count 1 --json"));

    // An exchange refuses what no queue wants; so it tells whether there is a queue.
    await().atMost(LONG).until(() -> publishToNobody() == 202);

    assertThat(seen.get(30, TimeUnit.SECONDS))
        .contains("\"routing_key\":\"nobody\"", "\"payload\":{\"n\":1}");
    await().atMost(LONG).until(() -> publishToNobody() == 422);
  }

  private int publishToNobody() throws Exception {
    return serai.post("/publish/helixagent.tasks/nobody", "{\"n\":1}").statusCode();
  }

  @Test
  void a_reader_who_takes_nothing_holds_up_nobody() throws Exception {
    String large = "\"" + "x".repeat(9_000) + "\"";
    String batch = "[" + String.join(",", Collections.nCopies(100, large)) + "]";
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), serai.operatorPort())) {
      slow.getOutputStream()
          .write(
              "GET /consume?exchange=helixagent.events&pattern=slow.%23 HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(slow.getInputStream(), StandardCharsets.US_ASCII), 512);
      while (!lines.readLine().isEmpty()) {
        // the head of the answer
      }
      for (int i = 0; i < 30; i++) {
        assertThat(serai.post("/publish/helixagent.events/slow.news/batch", batch).statusCode())
            .isEqualTo(202);
      }

      assertThat(lines.lines().anyMatch(line -> line.contains("{\"left_out\":"))).isTrue();
    }
  }

  private String operator(String command) {
    return call(command + " --operator-port " + serai.operatorPort());
  }

  private static String call(String command) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine cli = Cli.commandLine();
    cli.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    assertThat(cli.execute(command.split(" "))).as("%s%s", out, err).isZero();
    return out.toString();
  }
}
