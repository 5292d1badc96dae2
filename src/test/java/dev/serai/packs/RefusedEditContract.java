package dev.serai.packs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What becomes of an edit that cannot be used: what ran before runs on. */
abstract class RefusedEditContract extends RefusedFilesContract {

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
}
