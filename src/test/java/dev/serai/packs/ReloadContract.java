package dev.serai.packs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.Queue;

/** What becomes of an edit while Serai runs. */
@SuppressWarnings("NullAway.Init") // started before each test
abstract class ReloadContract {
  private static final String TAKE = "routes/swap/take.camel.yaml";
  private static final String COUNT = "routes/swap/count.camel.yaml";
  private static final String PING = "routes/swap/ping.camel.yaml";
  private static final String TOPOLOGY = "routes/swap/topology.yaml";

  private EditedSerai edited;

  abstract Map<String, String> broker();

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    edited = new EditedSerai(folder, broker());
  }

  @AfterEach
  void stop() {
    edited.close();
  }

  @Test
  void an_edited_route_alone_is_loaded_again() throws Exception {
    Consumer other = edited.camel().getRoute("swap-take").getConsumer();
    edited.edit(COUNT, text -> text.replace("first", "second"));

    JsonNode outcome = edited.apply();

    assertThat(outcome.path("loaded")).hasSize(1);
    assertThat(edited.camel().getRoute("swap-take").getConsumer()).isSameAs(other);
    assertThat(header("edition")).isEqualTo("second");
    assertThat(edited.status(COUNT).path("state").asText()).isEqualTo("LIVE");
  }

  @Test
  void a_changed_value_reaches_the_routes_that_read_it() throws Exception {
    edited.edit("config/swap.yaml", text -> text.replace("one", "two"));

    assertThat(edited.apply().path("loaded"))
        .singleElement()
        .hasToString("\"" + edited.file(COUNT) + "\"");
    assertThat(header("value")).isEqualTo("two");
  }

  @Test
  void a_value_that_is_read_at_start_only_is_named() throws Exception {
    edited.edit(
        "config/debias.yaml", text -> text.replaceFirst("last-products: 20", "last-products: 21"));
    edited.edit("config/application.yaml", text -> text + "# edited\n");

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
    assertThat(header("edition")).isEqualTo("first");
  }

  @Test
  void a_refused_file_leaves_the_running_route_untouched() throws Exception {
    Consumer consumer = edited.camel().getRoute("swap-take").getConsumer();
    edited.publish("before");
    await().until(() -> edited.target().getReceivedCounter() == 1);
    String good = Files.readString(edited.file(TAKE));
    for (Path refused : refused()) {
      Files.copy(refused, edited.file(TAKE), StandardCopyOption.REPLACE_EXISTING);

      JsonNode outcome = edited.reload();

      assertThat(outcome.path("refused")).as(refused.toString()).isNotEmpty();
      assertThat(outcome.path("result").asText()).isEqualTo("UNCHANGED");
      assertThat(edited.camel().getRoute("swap-take").getConsumer()).isSameAs(consumer);
      assertThat(edited.status(TAKE).path("state").asText()).isEqualTo("KEPT");
    }
    edited.write(TAKE, good);
    assertThat(edited.reload().path("result").asText()).isEqualTo("UNCHANGED");
    assertThat(edited.status(TAKE).path("state").asText()).isEqualTo("LIVE");
    edited.publish("after");
    await().until(() -> edited.target().getReceivedCounter() == 2);
  }

  private static List<Path> refused() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/refused-routes"))) {
      return files.filter(file -> file.toString().endsWith(".camel.yaml")).sorted().toList();
    }
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
    assertThat(edited.status("routes/swap/wait.camel.yaml").path("state").asText())
        .isEqualTo("LEFT_OUT");
    assertThat(edited.camel().getRoute("swap-wait")).isNull();
    assertThat(header("edition")).isEqualTo("second");
  }

  @Test
  void a_deleted_file_ends_its_path_its_consumer_and_its_metrics() throws Exception {
    assertThat(edited.serai().post("/swap/ping", "{}").body()).isEqualTo("first");
    assertThat(header("edition")).isEqualTo("first");
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
  void two_editors_do_not_stop_each_other() throws Exception {
    edited.edit(TAKE, text -> text.replace("retry-then-park", "retry-then-prak"));
    edited.edit(COUNT, text -> text.replace("first", "second"));

    JsonNode outcome = edited.reload();

    assertThat(outcome.path("refused").findValuesAsText("name")).containsExactly("unknown-policy");
    assertThat(header("edition")).isEqualTo("second");
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
    assertThat(header("edition")).isEqualTo("first");
    assertThat(edited.serai().post("/swap/ping", "{}").body()).isEqualTo("second");
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
    assertThat(header("edition")).isEqualTo("second");
  }

  @Test
  void what_an_operator_has_stopped_stays_stopped() throws Exception {
    edited.camel().getRouteController().suspendRoute("swap-take");
    edited.edit(TAKE, text -> text.replace("Hands each", "Hands every"));
    edited.apply();
    edited.edit(TAKE, text -> text.replace("Hands every", "Hands each"));
    edited.apply();

    assertThat(edited.camel().getRouteController().getRouteStatus("swap-take"))
        .isEqualTo(ServiceStatus.Stopped);
    edited.camel().getRouteController().startRoute("swap-take");
    assertThat(header("edition")).isEqualTo("first");
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

    JsonNode refused =
        assertTimeoutPreemptively(Duration.ofSeconds(20), edited::reload).path("refused");

    assertThat(refused).hasSize(6);
    assertThat(refused.findValuesAsText("name"))
        .containsOnly("bad-config", "bad-yaml", "too-large", "yaml-alias", "outside-link");
    assertThat(header("edition")).isEqualTo("first");
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

  private Object header(String name) throws Exception {
    edited.target().reset();
    edited.publish("m");
    await().until(() -> edited.target().getReceivedCounter() > 0);
    Exchange received = edited.target().getExchanges().get(0);
    return received.getMessage().getHeader(name);
  }
}
