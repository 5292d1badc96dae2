package dev.serai.packs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.Map;
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
}
