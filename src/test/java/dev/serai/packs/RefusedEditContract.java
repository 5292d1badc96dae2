package dev.serai.packs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Consumer;
import org.junit.jupiter.api.Test;

/** What becomes of an edit that cannot be used: what ran before runs on. */
abstract class RefusedEditContract extends EditContract {
  @Test
  void a_refused_file_leaves_the_running_route_untouched() throws Exception {
    Consumer consumer = edited.camel().getRoute("swap-take").getConsumer();
    edited.publish("before");
    await().until(() -> processed() == 1);
    List<Path> all = refused();
    for (int i = 0; i < all.size(); i += each()) {
      Path refused = all.get(i);
      String path = placeOf(refused);
      String good = Files.exists(edited.file(path)) ? Files.readString(edited.file(path)) : "";
      Files.copy(refused, edited.file(path), StandardCopyOption.REPLACE_EXISTING);

      JsonNode outcome = edited.reload();

      assertThat(outcome.path("refused").fieldNames())
          .toIterable()
          .as(refused.toString())
          .contains(edited.file(path).toString());
      assertThat(
              outcome.path("refused").path(edited.file(path).toString()).findValuesAsText("name"))
          .as(refused.toString())
          .containsAll(namesOf(refused));
      assertThat(outcome.path("result").asText()).isEqualTo("UNCHANGED");
      assertThat(edited.camel().getRoute("swap-take").getConsumer()).isSameAs(consumer);
      assertThat(processed()).isOne();
      assertThat(edited.status(path).path("state").asText())
          .isEqualTo(good.isEmpty() ? "LEFT_OUT" : "KEPT");
      if (good.isEmpty()) {
        Files.delete(edited.file(path));
      } else {
        edited.write(path, good);
      }
    }
    assertThat(edited.reload().path("result").asText()).isEqualTo("UNCHANGED");
    assertThat(edited.status(TAKE).path("state").asText()).isEqualTo("LIVE");
    edited.publish("after");
    await().until(() -> processed() == 2);
  }

  @Test
  void a_file_that_passes_the_check_and_does_not_start_is_rolled_back() throws Exception {
    edited.edit(COUNT, text -> text.replace("first", "second"));
    edited.edit(TAKE, text -> text.replace("queues:", "exchangePattern: InOut\n        queues:"));
    edited.write(
        "routes/swap/wait.camel.yaml",
        """
        - route:
            id: swap-wait
            description: Cannot start, because its time is none.
            routeConfigurationId: leave-to-caller
            from:
              uri: timer:wait
              parameters:
                time: tomorrow
              steps:
                - to: direct:swap-count
        """);

    JsonNode outcome = edited.reload();

    assertThat(outcome.path("result").asText()).isEqualTo("APPLIED");
    assertThat(outcome.path("changes")).hasSize(2);
    assertThat(outcome.path("refused").findValuesAsText("name")).containsExactly("not-started");
    assertThat(outcome.path("refused").findValuesAsText("line")).containsExactly("2");
    assertThat(outcome.path("refused").findValuesAsText("wrong").get(0))
        .startsWith("route swap-wait cannot be started: ");
    assertThat(edited.status("routes/swap/wait.camel.yaml").path("state").asText())
        .isEqualTo("LEFT_OUT");
    assertThat(edited.camel().getRoute("swap-wait")).isNull();
    assertThat(edited.header("edition")).isEqualTo("second");
  }

  @Test
  void a_value_that_a_running_route_cannot_start_with_is_refused_and_the_route_runs_on()
      throws Exception {
    edited.edit("config/swap.yaml", text -> text + "  time: \"2999-01-01 00:00:00\"\n");
    edited.write(
        "routes/swap/wait.camel.yaml",
        """
        - route:
            id: swap-wait
            description: Waits for the value's time.
            routeConfigurationId: leave-to-caller
            from:
              uri: timer:wait
              parameters:
                time: "{{swap.time}}"
              steps:
                - to: direct:swap-count
        """);
    edited.apply();

    edited.edit(
        "config/swap.yaml", text -> text.replaceFirst("time: .*", "time: tomorrow\n  more: 1"));
    edited.edit(PING, text -> text.replace("first", "second"));
    JsonNode outcome = edited.reload();

    assertThat(outcome.path("refused").fieldNames())
        .toIterable()
        .containsExactly(edited.file("config/swap.yaml").toString());
    assertThat(outcome.path("refused").findValuesAsText("name")).containsExactly("not-started");
    assertThat(edited.route("swap-wait").path("state").asText()).isEqualTo("started");
    assertThat(edited.serai().post("/swap/ping", "{}").body()).isEqualTo("second");

    edited.edit("config/swap.yaml", text -> text.replace("tomorrow", "\"2998-01-01 00:00:00\""));
    edited.apply();
    assertThat(edited.route("swap-wait").path("state").asText()).isEqualTo("started");
  }

  @Test
  void a_value_that_the_broker_cannot_take_is_refused() throws Exception {
    edited.edit("config/swap.yaml", text -> text + "  most: 7\n");
    edited.edit(
        "routes/swap/topology.yaml",
        text -> text + "  " + edited.named("more") + ":\n    max-length: \"{{swap.most}}\"\n");
    edited.apply();

    edited.edit("config/swap.yaml", text -> text.replace("7", "8"));
    JsonNode outcome = edited.reload();

    assertThat(outcome.path("result").asText()).isEqualTo("UNCHANGED");
    assertThat(outcome.path("refused").fieldNames())
        .toIterable()
        .containsExactly(edited.file("config/swap.yaml").toString());
    assertThat(outcome.path("refused").findValuesAsText("name"))
        .containsExactly("topology-conflict");
    assertThat(outcome.path("refused").findValuesAsText("remedy").get(0))
        .startsWith("write the broker's value for {{swap.most}}, or delete the queue");
    edited.edit("config/swap.yaml", text -> text.replace("8", "7"));
    assertThat(edited.reload().path("refused")).isEmpty();
  }

  @Test
  void a_change_that_has_to_wait_changes_nothing_on_the_broker_either() throws Exception {
    edited.edit(
        COUNT, text -> text.replace("steps:", "steps:\n        - delay: {constant: \"7500\"}"));
    String binding =
        "    bindings:\n      - exchange: " + edited.named("in") + "\n        key: more\n";
    edited.edit(
        "routes/swap/topology.yaml",
        text -> text + "  " + edited.named("more") + ":\n    type: classic\n" + binding);
    edited.apply();
    edited.publish("slow");
    await().until(() -> edited.route("swap-count").path("inFlight").asInt() == 1);
    edited.edit(COUNT, text -> text.replace("first", "second"));
    edited.edit("routes/swap/topology.yaml", text -> text.replace(binding, ""));

    HttpResponse<String> busy = edited.serai().operatorPost("/routes/reload", "");

    assertThat(busy.statusCode()).as(busy.body()).isEqualTo(503);
    assertThat(busy.body()).contains("routes-busy");
    edited.admin().getRabbitTemplate().convertAndSend(edited.named("in"), "more", "kept");
    await().until(() -> edited.admin().getQueueInfo(edited.named("more")).getMessageCount() == 1);
  }

  @Test
  void two_editors_do_not_stop_each_other() throws Exception {
    edited.edit(TAKE, text -> text.replace("retry-then-park", "retry-then-prak"));
    edited.edit(COUNT, text -> text.replace("first", "second"));

    JsonNode outcome = edited.reload();

    assertThat(outcome.path("refused").findValuesAsText("name")).containsExactly("unknown-policy");
    assertThat(edited.header("edition")).isEqualTo("second");
  }

  @Test
  void a_change_that_another_route_cannot_live_with_is_refused() throws Exception {
    Files.delete(edited.file(COUNT));
    edited.edit(PING, text -> text.replace("first", "second"));

    JsonNode outcome = edited.reload();

    assertThat(outcome.path("refused").fieldNames())
        .toIterable()
        .containsExactly(edited.file(COUNT).toString());
    assertThat(outcome.path("refused").findValuesAsText("name"))
        .containsExactly("unreachable-direct");
    assertThat(edited.header("edition")).isEqualTo("first");
    assertThat(edited.serai().post("/swap/ping", "{}").body()).isEqualTo("second");
  }

  @Test
  void garbage_is_refused_and_nothing_hangs() throws Exception {
    Files.write(edited.file("routes/swap/binary.camel.yaml"), new byte[] {0, 1, (byte) 0xff, 0});
    Files.writeString(edited.file("routes/swap/huge.camel.yaml"), "- x".repeat(17 << 20));
    Files.writeString(
        edited.file("routes/swap/bomb.camel.yaml"),
        "- route: &a [x, x]\n- route: &b [*a, *a]\n- route: &c [*b, *b]\n- route: [*c, *c]\n");
    Files.writeString(edited.file("routes/swap/empty.camel.yaml"), "");
    Files.createSymbolicLink(
        edited.file("routes/swap/out.camel.yaml"),
        Path.of("routes/debias/users.camel.yaml").toAbsolutePath());
    Files.writeString(edited.file("config/broken.yaml"), "a: [\n");
    Files.writeString(edited.file("config/huge.yaml"), "k: v\n".repeat(10 << 20));
    Files.writeString(
        edited.file("config/swap.yaml"),
        "swap: {value: &a [x, x]}\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n");

    JsonNode refused =
        assertTimeoutPreemptively(Duration.ofSeconds(20), edited::reload).path("refused");

    assertThat(refused).hasSize(8);
    assertThat(refused.findValuesAsText("name"))
        .containsOnly("bad-config", "bad-yaml", "too-large", "yaml-alias", "outside-link");
    assertThat(edited.status("config/swap.yaml").path("state").asText()).isEqualTo("KEPT");
    assertThat(edited.header("edition")).isEqualTo("first");
    assertThat(edited.header("value")).isEqualTo("one");
  }

  @Test
  void a_broken_schema_leaves_the_one_in_use_though_values_change() throws Exception {
    String schema = "routes/swap/ping.schema.json";
    edited.write(schema, "{\"required\": [\"id\"]}");
    edited.edit(
        PING,
        text ->
            text.replaceFirst(
                "steps:",
                "steps:\n        - bean: {ref: schema, method: \"check(*, 'swap/ping.schema.json')\"}"));
    edited.apply();
    assertThat(edited.serai().post("/swap/ping", "{}").body()).contains("#/id is required");

    edited.write(schema, "{\"required\": [\"name\"]");
    edited.edit("config/swap.yaml", text -> text.replace("one", "two"));
    JsonNode outcome = edited.reload();

    assertThat(outcome.path("refused").findValuesAsText("name")).containsExactly("bad-schema");
    assertThat(edited.header("value")).isEqualTo("two");
    assertThat(edited.serai().post("/swap/ping", "{}").body()).contains("#/id is required");
    edited.write(schema, "{\"required\": [\"name\"]}");
    edited.apply();
    assertThat(edited.serai().post("/swap/ping", "{}").body()).contains("#/name is required");
  }

  @Test
  void all_mistakes_are_told_at_once() throws Exception {
    edited.edit("config/swap.yaml", text -> text + "  other: [\n");
    edited.edit(TAKE, text -> text.replace("retry-then-park", "retry-then-prak"));
    edited.edit(
        "routes/swap/topology.yaml", text -> text.replace("retry: [300ms]", "retry: [soon]"));

    JsonNode outcome = edited.reload();

    assertThat(outcome.path("refused").findValuesAsText("name"))
        .containsExactlyInAnyOrder("bad-config", "unknown-policy", "wrong-duration");
    assertThat(edited.header("edition")).isEqualTo("first");
  }

  /** Each how many-th of the refused files is tried; all of them with --long. */
  int each() {
    return 1;
  }

  private static List<Path> refused() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/resources"), 2)) {
      return files
          .filter(file -> file.toString().contains("/refused-") && Files.isRegularFile(file))
          .filter(file -> !file.toString().endsWith(".txt"))
          .sorted()
          .toList();
    }
  }

  /** What it is refused for, wherever it stands. */
  private static Set<String> namesOf(Path refused) throws IOException {
    String messages =
        refused.toString().replaceFirst("\\.(camel|kamelet|schema)?\\.?\\w+$", ".txt");
    try (Stream<String> lines = Files.lines(Path.of(messages))) {
      return lines
          .filter(line -> line.matches("[a-z-]+: .*"))
          .map(line -> line.replaceFirst(":.*", ""))
          .collect(Collectors.toSet());
    }
  }

  /** Where a person would have written it. */
  private static String placeOf(Path refused) {
    String name = refused.getFileName().toString();
    return name.endsWith(".camel.yaml")
        ? TAKE
        : "routes/swap/" + (name.matches("[\\w-]+\\.yaml") ? "topology.yaml" : name);
  }

  private long processed() throws Exception {
    return edited.route("swap-take").path("processed").asLong();
  }
}
