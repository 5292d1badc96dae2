package dev.serai.packs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Consumer;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.Queue;

/** What becomes of a good edit while Serai runs. */
abstract class ReloadContract extends EditContract {
  private static final String TOPOLOGY = "routes/swap/topology.yaml";

  @Test
  void an_edited_route_alone_is_loaded_again() throws Exception {
    Consumer other = edited.camel().getRoute("swap-take").getConsumer();
    edited.edit(COUNT, text -> text.replace("first", "second"));

    JsonNode outcome = edited.apply();

    assertThat(outcome.path("loaded")).hasSize(1);
    assertThat(edited.camel().getRoute("swap-take").getConsumer()).isSameAs(other);
    assertThat(edited.header("edition")).isEqualTo("second");
    assertThat(edited.status(COUNT).path("state").asText()).isEqualTo("LIVE");
  }

  @Test
  void a_changed_value_reaches_the_routes_that_read_it() throws Exception {
    edited.edit("config/swap.yaml", text -> text.replace("one", "two"));

    assertThat(edited.apply().path("loaded"))
        .singleElement()
        .hasToString("\"" + edited.file(COUNT) + "\"");
    assertThat(edited.header("value")).isEqualTo("two");
  }

  @Test
  void a_value_that_is_read_at_start_only_is_named() throws Exception {
    edited.edit(
        "config/debias.yaml", text -> text.replaceFirst("last-products: 20", "last-products: 21"));
    edited.edit("config/application.yaml", text -> text + "# edited\n");
    edited.edit("config/swap.yaml", text -> text + "  nobody-reads: this\n");

    assertThat(edited.apply().path("atNextStart"))
        .map(JsonNode::asText)
        .containsExactly(
            "debias.profile.last-products", edited.file("config/application.yaml").toString());
  }

  @Test
  void a_changed_policy_reaches_the_routes_that_use_it() throws Exception {
    Consumer before = edited.camel().getRoute("swap-take").getConsumer();
    edited.edit("routes/shared/policies/retry-then-park.camel.yaml", text -> text + "# edited\n");

    edited.apply();

    assertThat(edited.camel().getRoute("swap-take").getConsumer()).isNotSameAs(before);
    assertThat(edited.header("edition")).isEqualTo("first");
  }

  @Test
  void a_changed_bean_reaches_the_expressions_that_ask_it() throws Exception {
    edited.write(
        "routes/swap/number.camel.yaml",
        """
        - beans:
            - name: swapNumber
              type: java.util.concurrent.atomic.AtomicInteger
              constructors: {0: 8}
        """);
    edited.edit(
        COUNT,
        text -> text.replace("constant: \"first\"", "simple: \"${bean:swapNumber?method=get}\""));
    edited.apply();
    assertThat(edited.header("edition")).hasToString("8");

    edited.edit("routes/swap/number.camel.yaml", text -> text.replace("8", "9"));
    edited.apply();

    assertThat(edited.header("edition")).hasToString("9");
  }

  @Test
  void a_deleted_file_ends_its_path_its_consumer_and_its_metrics() throws Exception {
    assertThat(edited.serai().post("/swap/ping", "{}").body()).isEqualTo("first");
    assertThat(edited.header("edition")).isEqualTo("first");
    assertThat(edited.serai().get("/metrics").body()).contains("swap-take", "swap-post-ping");
    Files.delete(edited.file(PING));
    Files.delete(edited.file(TAKE));

    edited.apply();

    assertThat(edited.serai().post("/swap/ping", "{}").statusCode()).isEqualTo(404);
    await().until(() -> edited.admin().getQueueInfo(edited.named("work")).getConsumerCount() == 0);
    assertThat(edited.serai().get("/metrics").body().lines())
        .noneMatch(line -> line.matches(".*route(Id)?=\"swap-(take|ping|post-ping)\".*"));
  }

  @Test
  void a_new_file_and_a_renamed_one_are_taken() throws Exception {
    String ping = Files.readString(edited.file(PING));
    Files.delete(edited.file(PING));
    edited.write("routes/swap/pong.camel.yaml", ping.replace("ping", "pong"));

    edited.apply();

    assertThat(edited.serai().post("/swap/ping", "{}").statusCode()).isEqualTo(404);
    assertThat(edited.serai().post("/swap/pong", "{}").body()).isEqualTo("first");
  }

  @Test
  void a_new_queue_is_declared_and_a_conflict_with_the_broker_is_refused() throws Exception {
    edited.edit(
        TOPOLOGY,
        text ->
            text
                + "  "
                + edited.named("more")
                + ":\n    bindings:\n      - exchange: "
                + edited.named("in")
                + "\n        key: more\n");
    edited.apply();
    edited.admin().getRabbitTemplate().convertAndSend(edited.named("in"), "more", "x");
    await().until(() -> edited.admin().getQueueInfo(edited.named("more")).getMessageCount() == 1);

    edited.edit(
        TOPOLOGY, text -> text.replace("retry: [300ms]", "max-length: 5\n    retry: [300ms]"));
    edited.edit(COUNT, text -> text.replace("first", "second"));
    JsonNode outcome = edited.reload();

    assertThat(outcome.path("refused").findValuesAsText("name")).containsOnly("topology-conflict");
    assertThat(outcome.path("refused").findValuesAsText("wrong").get(0)).contains("max-length");
    assertThat(edited.header("edition")).isEqualTo("second");
  }

  @Test
  void what_an_operator_has_stopped_stays_stopped() throws Exception {
    edited.camel().getRouteController().suspendRoute("swap-take");
    edited.edit(TAKE, text -> text.replace("Hands each", "Hands every"));
    edited.apply();
    edited.edit(PING, text -> text.replace("first", "second"));
    edited.apply();
    edited.edit(TAKE, text -> text.replace("Hands every", "Hands each"));
    edited.apply();

    assertThat(edited.camel().getRouteController().getRouteStatus("swap-take"))
        .isEqualTo(ServiceStatus.Stopped);
    edited.camel().getRouteController().startRoute("swap-take");
    assertThat(edited.header("edition")).isEqualTo("first");
  }

  @Test
  void what_became_of_files_is_told_on_the_bus() throws Exception {
    String told = "told-" + UUID.randomUUID();
    edited.admin().declareQueue(new Queue(told, false, false, true));
    edited
        .admin()
        .declareBinding(
            new Binding(told, Binding.DestinationType.QUEUE, "serai", "serai.routes.#", Map.of()));
    edited.edit(COUNT, text -> text.replace("first", "second"));
    edited.apply();
    edited.edit(COUNT, text -> text.replace("mock:swap", "direct:nowhere"));
    edited.reload();

    List<String> events = new ArrayList<>();
    await()
        .until(
            () -> {
              Message event = edited.admin().getRabbitTemplate().receive(told);
              if (event != null) {
                events.add(
                    event.getMessageProperties().getReceivedRoutingKey()
                        + " "
                        + new String(event.getBody(), UTF_8));
              }
              return events.size() == 2;
            });
    assertThat(events.get(0))
        .startsWith("serai.routes.applied {\"result\":\"APPLIED\"")
        .contains("count.camel.yaml\":\"EDITED\"");
    assertThat(events.get(1))
        .startsWith("serai.routes.refused {\"result\":\"UNCHANGED\"")
        .contains("\"name\":\"unreachable-direct\"");
    assertThat(edited.serai().get("/metrics").body())
        .contains("serai_reloads_total{result=\"applied\"} 2.0");
  }
}
