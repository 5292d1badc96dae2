package dev.serai.packs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of routes that somebody has stopped or started by hand when files are edited. */
class OperatedRoutesIT extends EditContract {
  private static final String TICKING =
      """
      - route:
          id: swap-tick
          description: Does nothing.
          routeConfigurationId: leave-to-caller
          from:
            uri: timer:tick
            steps:
              - log: tick
      """;

  /** Nothing takes from the broker before somebody starts it. */
  @Override
  Map<String, String> broker() {
    return Map.of(
        "serai.broker.mode",
        "embedded",
        "serai.broker.embedded.durable",
        "false",
        "serai.consume",
        "none");
  }

  @Test
  void a_consumer_that_was_started_by_hand_runs_on_after_an_edit() throws Exception {
    assertThat(state("swap-take")).isEqualTo("stopped");
    post("swap-take", "start");
    assertThat(edited.header("edition")).isEqualTo("first");

    for (int i = 0; i < 2; i++) {
      edited.edit(TAKE, text -> text + "# again\n");
      edited.apply();
      assertThat(state("swap-take")).isEqualTo("started");
    }

    assertThat(edited.header("edition")).isEqualTo("first");
    post("swap-take", "stop");
    edited.edit(TAKE, text -> text + "# again\n");
    edited.apply();
    assertThat(state("swap-take")).isEqualTo("stopped");
  }

  @Test
  void what_comes_again_after_it_was_deleted_is_new() throws Exception {
    edited.write("routes/swap/tick.camel.yaml", TICKING);
    edited.apply();
    post("swap-tick", "stop");
    edited.edit("routes/swap/tick.camel.yaml", text -> text + "# again\n");
    edited.apply();
    assertThat(state("swap-tick")).isEqualTo("stopped");

    Files.delete(edited.file("routes/swap/tick.camel.yaml"));
    edited.apply();
    edited.write("routes/swap/tick.camel.yaml", TICKING);
    edited.apply();

    assertThat(state("swap-tick")).isEqualTo("started");
  }

  @Test
  void a_kamelet_that_takes_a_queue_counts_when_it_starts_later() throws Exception {
    takeWordsByKamelet();
    edited.apply();
    post("swap-listen:from", "start");

    assertThat(edited.header("edition")).isEqualTo("first");

    await().until(() -> edited.route("swap-listen:from").path("processed").asLong() == 1);
  }

  private void post(String id, String action) throws Exception {
    assertThat(edited.serai().operatorPost("/routes/" + id + "/" + action, "").statusCode())
        .isEqualTo(200);
  }

  private String state(String id) throws Exception {
    return edited.route(id).path("state").asText();
  }
}
