package dev.serai.packs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What becomes of a file that passes the check and does not start, and of its values. */
class NotStartedIT extends EditContract {
  private static final String TICK = "routes/swap/tick.camel.yaml";
  private static final String VALUES = "config/swap.yaml";
  private static final String ROUTE =
      """
      - route:
          id: swap-tick
          description: Sends to what a value names.
          routeConfigurationId: leave-to-caller
          from:
            uri: direct:swap-tick
            steps:
              - to: "{{swap.hook}}"
      """;

  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded", "serai.broker.embedded.durable", "false");
  }

  @Test
  void it_is_told_without_its_values() throws Exception {
    edited.edit(VALUES, text -> text + "  hook: nohttp:hooks.example.com/T000?sig=NOBODY&a=1\n");
    edited.write(TICK, ROUTE);

    JsonNode outcome = edited.reload();

    assertThat(outcome.path("refused").path(edited.file(TICK).toString()).path(0).path("wrong"))
        .asString()
        .contains("{{swap.hook}}");
    assertThat(outcome.toString()).doesNotContain("NOBODY");
    assertThat(edited.serai().operatorGet("/config/status").body())
        .contains("{{swap.hook}}")
        .doesNotContain("NOBODY");
    assertThat(edited.serai().operatorGet("/config/diff").body()).doesNotContain("NOBODY");
  }

  @Test
  void it_is_tried_again_when_a_value_that_it_reads_is_mended() throws Exception {
    edited.edit(VALUES, text -> text + "  hook: nolog:x\n");
    edited.write(TICK, ROUTE);
    JsonNode first = edited.reload();
    assertThat(first.path("refused").findValuesAsText("name")).containsExactly("not-started");
    assertThat(first.path("atNextStart")).isEmpty();
    edited.edit(PING, text -> text + "# another edit\n");
    assertThat(edited.reload().path("refused").fieldNames())
        .toIterable()
        .containsExactly(edited.file(TICK).toString());

    edited.edit(VALUES, text -> text.replace("nolog:x", "log:x"));
    JsonNode mended = edited.apply();

    assertThat(mended.path("atNextStart")).isEmpty();
    assertThat(edited.status(TICK).path("state").asText()).isEqualTo("LIVE");
  }

  @Test
  void a_value_that_a_route_could_not_start_with_is_taken_once_that_route_is_gone()
      throws Exception {
    edited.edit(VALUES, text -> text + "  hook: log:x\n");
    edited.write(TICK, ROUTE);
    edited.apply();
    edited.edit(VALUES, text -> text.replace("log:x", "nolog:x").replace("one", "two"));
    assertThat(edited.reload().path("refused").fieldNames())
        .toIterable()
        .containsExactly(edited.file(VALUES).toString());
    assertThat(edited.header("value")).isEqualTo("one");

    Files.delete(edited.file(TICK));
    edited.apply();

    assertThat(edited.header("value")).isEqualTo("two");
  }

  @Test
  void what_was_renamed_runs_on_until_its_new_form_can() throws Exception {
    edited.edit(VALUES, text -> text + "  hook: nolog:x\n");
    String door = "routes/swap/door.camel.yaml";
    String gate = "routes/swap/gate.camel.yaml"; // the ids of a block's routes need not change
    edited.write(
        door,
        """
        - rest:
            path: /swap/door
            post:
              - routeId: swap-post-door
                to: direct:swap-ping
        """);
    edited.write(TICK, ROUTE.replace("{{swap.hook}}", "log:x"));
    edited.apply();
    String tock = TICK.replace("tick", "tock");

    Files.move(edited.file(door), edited.file(gate));
    edited.edit(gate, text -> text.replace("direct:swap-ping", "\"{{swap.hook}}\""));
    Files.move(edited.file(TICK), edited.file(tock));
    edited.edit(tock, text -> text.replace("swap-tick", "swap-tock").replace("log:x", "nolog:x"));
    for (int i = 0; i < 2; i++) {
      assertThat(edited.reload().path("refused").fieldNames())
          .toIterable()
          .containsExactlyInAnyOrder(paths(door, gate, TICK, tock));
      assertThat(edited.serai().post("/swap/door", "{}").body()).isEqualTo("first");
      assertThat(edited.camel().getRoute("swap-tick")).isNotNull();
      assertThat(edited.status(TICK).toString()).contains("kept-renamed", tock);
      edited.write(tock, Files.readString(edited.file(tock)).replace("steps:", "stops:"));
    }

    edited.write(tock, ROUTE.replace("tick", "tock").replace("{{swap.hook}}", "log:x"));
    edited.edit(VALUES, text -> text.replace("nolog:x", "direct:swap-ping"));
    edited.apply();
    assertThat(edited.serai().post("/swap/door", "{}").body()).isEqualTo("first");
    assertThat(edited.camel().getRoute("swap-tick")).isNull();
    assertThat(edited.camel().getRoute("swap-tock")).isNotNull();
  }

  @Test
  void a_file_in_work_keeps_none_that_looks_like_it() throws Exception {
    String other = TICK.replace("tick", "tock");
    edited.write(TICK, ROUTE.replace("{{swap.hook}}", "log:x"));
    edited.apply();
    edited.write(other, ROUTE.replace("tick", "tock").replace("steps:", "stops:"));
    edited.reload();

    Files.delete(edited.file(TICK));

    assertThat(edited.reload().path("refused").fieldNames())
        .toIterable()
        .containsExactly(paths(other));
    assertThat(edited.camel().getRoute("swap-tick")).isNull();
  }

  private String[] paths(String... files) {
    return Stream.of(files).map(file -> edited.file(file).toString()).toArray(String[]::new);
  }
}
