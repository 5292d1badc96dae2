package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest extends CommandsFixture {
  @Test
  void shows_the_topology_in_aligned_columns() {
    answer(
        200,
        """
        {"broker":"connected","problems":[],
         "exchanges":[{"name":"events","type":"fanout","unroutable":"drop","state":"declared"}],
         "queues":[
          {"name":"events.neo4j","role":"work","messages":12,"consumers":2,"retry":["5s","30s"],
           "park":"events.dlq","state":"declared"},
          {"name":"events.dlq","role":"park","messages":3,"consumers":0,"retry":[],"park":null,
           "state":"declared"}]}""");

    int code = call("topology");

    assertThat(code).isZero();
    assertThat(out.toString())
        .contains(
            """
            QUEUE         ROLE  MESSAGES  CONSUMERS  RETRY    PARK        STATE
            events.neo4j  work        12          2  5s, 30s  events.dlq  declared
            events.dlq    park         3          0  -        -           declared
            """);
  }

  @Test
  void a_conflict_is_shown_and_makes_the_exit_code_one() {
    answer(
        200,
        """
        {"broker":"connected","problems":[],"exchanges":[],
         "queues":[{"name":"q","state":"conflict","problem":"x-max-length: 5 there, 6 here"}]}""");

    int code = call("topology");

    assertThat(code).isOne();
    assertThat(out.toString()).contains("x-max-length: 5 there, 6 here");
  }

  @Test
  void a_binding_that_the_broker_refused_is_shown_and_makes_the_exit_code_one() {
    answer(
        200,
        """
        {"broker":"connected","problems":[],"exchanges":[],"queues":[],
         "bindings":[{"exchange":"events","queue":"q","key":"a.#","state":"conflict",
          "problem":"topology-conflict: the binding of q to events was refused"}]}""");

    int code = call("topology");

    assertThat(code).isOne();
    assertThat(out.toString())
        .contains(
            """
            EXCHANGE  QUEUE  KEY  STATE
            events    q      a.#  conflict
            """)
        .contains("topology-conflict: the binding of q to events was refused");
  }

  @Test
  void lists_shows_and_replays_dead_letters() {
    answer(
        200,
        """
        {"queue":"events.dlq","messages":7,"more":true,"items":[
          {"id":"m-1","payload":{"user_id":"x"},"reason":"/user_id: string found,\\n integer expected",
           "route":"debias-graph","origin":"events.neo4j","attempts":1,"age":95}]}""");

    int code = call("dlq", "show", "events.dlq", "--limit", "1", "--filter", "$.user_id == 'x'");

    assertThat(code).isZero();
    assertThat(requests)
        .containsExactly("GET /dlq/events.dlq?limit=1&filter=%24.user_id%20%3D%3D%20%27x%27 ");
    assertThat(out.toString())
        .contains("m-1", "1m35s", "events.neo4j", "string found, integer expected", "{\"user_id\"")
        .contains("1 of 7 in events.dlq");
  }

  @Test
  void a_replay_sends_only_what_was_asked_for() {
    answer(200, "{\"dryRun\":true,\"matched\":3,\"replayed\":0,\"unknownOrigin\":[\"m-9\"]}");

    int code = call("dlq", "replay", "events.dlq", "--max", "5", "--dry-run");

    assertThat(code).isZero();
    assertThat(requests).containsExactly("POST /dlq/events.dlq/replay {\"dryRun\":true,\"max\":5}");
    assertThat(out.toString())
        .contains("3 would be sent back from events.dlq")
        .contains("name a queue with --to: m-9");
  }

  @Test
  void a_refusal_shows_the_problem_and_its_fields() {
    answer(
        409,
        """
        {"status":409,"code":"unknown-origin","detail":"Nothing was sent.",
         "errors":[{"pointer":"#/to","detail":"missing"}]}""");

    int code = call("dlq", "replay", "events.dlq");

    assertThat(code).isOne();
    assertThat(err.toString())
        .contains("unknown-origin: Nothing was sent.")
        .contains("#/to missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dlq list", "reload", "routes diff", "routes"})
  void says_what_to_do_when_serai_does_not_run(String command) throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }

    int code = execute(List.of((command + " --operator-port " + free).split(" ")));

    assertThat(code).isEqualTo(3);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "serai: nothing answers on http://127.0.0.1:%d; start Serai with ./serai run, or name its port with --operator-port"
                .formatted(free));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reload", "routes", "topology"})
  void three_means_that_no_serai_has_answered(String command) {
    answer(503, "{\"status\":503,\"code\":\"routes-busy\",\"detail\":\"swap-take still works\"}");

    assertThat(call(command)).isEqualTo(3);
    assertThat(err.toString()).contains("serai: routes-busy: swap-take still works");
  }

  @Test
  void an_answer_of_something_else_is_three_too() {
    answer(404, "<html>nothing here</html>");

    assertThat(call("reload")).isEqualTo(3);
    assertThat(err.toString()).contains("answered 404; is it a Serai?");
  }

  @Test
  void tells_what_became_of_changed_files() {
    answer(
        200,
        """
        {"result":"APPLIED","generation":4,"heldBack":23,"loaded":["a","b"],
         "changes":{"routes/a.camel.yaml":"EDITED","routes/b.camel.yaml":"ADDED",
          "routes/c.camel.yaml":"REMOVED"},
         "atNextStart":["debias.graph.pool","config/application.yaml"],
         "refused":{"routes/d.camel.yaml":[{"name":"unknown-policy","file":"routes/d.camel.yaml",
          "line":4,"column":5,"wrong":"asks for \\"x\\"","remedy":"write park-at-once"}]}}""");

    int code = call("reload");

    assertThat(requests).containsExactly("POST /routes/reload {}");
    assertThat(code).isOne();
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(
            """
            applied: generation 4, route files loaded: 2, messages waited 23 ms
              changed  routes/a.camel.yaml
              new      routes/b.camel.yaml
              deleted  routes/c.camel.yaml
            read at start only, so in effect after the next one: debias.graph.pool, config/application.yaml
            refused: routes/d.camel.yaml
            unknown-policy: routes/d.camel.yaml:4:5
              asks for "x"; write park-at-once
            """);
  }

  @Test
  void tells_that_a_change_comes_later() {
    answer(202, "{\"result\":\"LATER\",\"generation\":4,\"detail\":\"wait a second\"}");

    assertThat(call("reload")).isZero();
    assertThat(out.toString()).startsWith("later: a route that answers this request");
  }

  @Test
  void a_diff_against_no_serai_is_three_because_one_means_a_difference() {
    answer(500, "{\"status\":500,\"code\":\"internal\",\"detail\":\"no folder\"}");

    assertThat(call("routes", "diff")).isEqualTo(3);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void wrong_usage_is_two() {
    assertThat(execute(List.of("dlq", "shwo"))).isEqualTo(2);
    assertThat(execute(List.of("topology", "--wide"))).isEqualTo(2);
    assertThat(execute(List.of("bench", "debias", "--events", "none"))).isEqualTo(2);
  }

  @Test
  void the_write_paths_differ_as_long_as_one_event_is_missing_in_one() {
    answer(
        200,
        """
        {"direct":3,"queue":2,"same":2,"only_direct":["e-3"],"only_queue":[],"different":[]}""");

    int code = execute(List.of("debias", "compare", "--port", "" + port()));

    assertThat(code).isOne();
    assertThat(out.toString()).contains("only directly (or still in the queue)  e-3");
  }

  @Test
  void the_bench_counts_every_answer_and_names_every_failure() {
    AtomicInteger count = new AtomicInteger();
    serai.createContext(
        "/events",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(count.incrementAndGet() % 10 == 0 ? 503 : 200, 0);
          exchange
              .getResponseBody()
              .write("{\"status\":\"Event queued\"}".getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });

    int code = execute(List.of("bench", "debias", "--events", "200", "--port", "" + port()));

    assertThat(count).hasValue(200);
    assertThat(code).isOne();
    assertThat(out.toString())
        .contains("200 events to http://127.0.0.1:", "over 64 connections")
        .containsPattern("rate +\\d+ /s")
        .containsPattern("p50 +[0-9.]+ ms")
        .containsPattern("p95 +[0-9.]+ ms")
        .containsPattern("p99 +[0-9.]+ ms")
        .containsPattern("failures +20 \\(20 × status 503\\)");
  }

  private int call(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--operator-port", "" + port()));
    return execute(all);
  }
}
