package dev.serai.packs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Edits while messages are on their way, of beans, and of what somebody has stopped. */
@Timeout(120)
class EditsAtWorkIT extends EditContract {
  private static final String BEAN = "routes/swap/number.camel.yaml";
  private static final String BAD_BEAN = "      initMethod: nothing\n";
  private static final String POLICY = "routes/swap/marked.camel.yaml"; // before stamp

  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded", "serai.broker.embedded.durable", "false");
  }

  @Test
  void messages_on_their_way_through_a_kamelet_arrive_at_once() throws Exception {
    Queue<Object> stamps = new ConcurrentLinkedQueue<>();
    LoadTarget.next = exchange -> stamps.add(exchange.getMessage().getHeader("stamp", "none"));
    edited.write(KameletReloadIT.KAMELET, KameletReloadIT.STAMP);
    edited.edit(
        COUNT,
        text ->
            text.replace("to: mock:swap", "bean: {beanType: " + LoadTarget.class.getName() + "}")
                .replace(
                    "steps:",
                    "steps:\n        - delay: {constant: 100}"
                        + "\n        - kamelet: {name: swap-stamp, parameters: {text: all}}"));
    edited.apply();

    for (String file : List.of(COUNT, KameletReloadIT.KAMELET, TAKE, COUNT)) {
      int before = stamps.size();
      for (int i = 0; i < 25; i++) {
        edited.publish("m");
      }
      await().until(() -> stamps.size() > before);
      edited.edit(file, text -> text + "# again\n");
      edited.apply();
    }

    await() // one that found no kamelet would wait for 30 s
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(stamps).hasSize(100));
    assertThat(stamps).containsOnly("first all");
    edited.publish("m");
    await().until(() -> stamps.size() > 100);
    await().until(() -> edited.route("swap-count:2").path("processed").asLong() > 0);
  }

  @Test
  void a_bean_that_cannot_be_made_is_refused_each_time_and_its_users_run_on() throws Exception {
    String bean =
        """
        - beans:
            - name: swapNumber
              type: java.util.concurrent.atomic.AtomicInteger
              constructors: {0: 8}
        """;
    edited.write(BEAN, bean);
    edited.edit(
        COUNT,
        text -> text.replace("constant: \"first\"", "simple: \"${bean:swapNumber?method=get}\""));
    edited.apply();

    edited.write(BEAN, bean + BAD_BEAN);
    for (int i = 0; i < 2; i++) {
      assertThat(edited.reload().path("refused").findValuesAsText("name")).hasSize(1);
      assertThat(edited.status(BEAN).path("state").asText()).isEqualTo("KEPT");
      assertThat(edited.header("edition")).hasToString("8");
    }

    edited.write("routes/swap/other.camel.yaml", bean.replace("swapNumber", "other") + BAD_BEAN);
    edited.write(BEAN, bean.replace("8", "9"));
    for (int i = 0; i < 2; i++) {
      assertThat(edited.reload().path("refused").fieldNames())
          .toIterable()
          .containsExactly(edited.file("routes/swap/other.camel.yaml").toString());
      assertThat(edited.header("edition")).hasToString("9");
    }
  }

  @Test
  void a_kamelet_that_takes_a_queue_and_was_stopped_stays_so_and_goes_with_its_user()
      throws Exception {
    takeWordsByKamelet();
    edited.apply();
    assertThat(edited.header("edition")).isEqualTo("first");
    String made = "swap-listen:from";
    assertThat(post("swap-listen", "stop")).as("the kamelet calls it").isEqualTo(409);
    assertThat(post(made, "stop")).isEqualTo(200);

    for (int i = 0; i < 2; i++) {
      edited.edit(WORDS, text -> text + "# again\n");
      edited.apply();
    }

    assertThat(ids()).containsOnlyOnce(made);
    assertThat(edited.route(made).path("state").asText()).isEqualTo("stopped");
    assertThat(post(made, "start")).isEqualTo(200);
    assertThat(edited.header("edition")).isEqualTo("first");
    Files.delete(edited.file(WORDS));
    edited.apply();
    assertThat(ids()).doesNotContain(made, "swap-listen");
  }

  @Test
  void a_route_beside_a_bean_has_its_policy_whatever_is_edited() throws Exception {
    Files.delete(edited.file(TAKE));
    edited.write(
        "routes/first/take.camel.yaml", // before routes/shared
        """
        - beans:
            - name: firstNumber
              type: java.util.concurrent.atomic.AtomicInteger
        - route:
            id: first-take
            description: Cannot work on any message.
            routeConfigurationId: park-at-once
            from:
              uri: spring-rabbitmq:default
              parameters: {queues: $swap.work}
              steps:
                - removeHeaders: {pattern: Camel*}
                - throwException: {exceptionType: java.io.IOException, message: no}
        """);
    edited.apply();
    assertParked(1);

    edited.edit("routes/shared/policies/park-at-once.camel.yaml", text -> text + "# edited\n");
    edited.apply();

    assertParked(2);
  }

  private void assertParked(long messages) {
    edited.publish("m");
    await()
        .untilAsserted(
            () ->
                assertThat(edited.admin().getQueueInfo(edited.named("dead")).getMessageCount())
                    .isEqualTo(messages));
  }

  @Test
  void a_policy_is_there_after_an_edit_of_the_kamelet_behind_it() throws Exception {
    edited.write(KameletReloadIT.KAMELET, KameletReloadIT.STAMP);
    edited.apply();
    edited.write(
        POLICY,
        """
        - routeConfiguration:
            id: marked
            description: Stamps what has failed.
            onException:
              - onException:
                  exception: [java.io.IOException]
                  handled: {constant: "true"}
                  steps:
                    - kamelet: {name: swap-stamp, parameters: {text: failure}}
                    - to: mock:swap
        """);
    edited.edit(
        COUNT,
        text ->
            text.replace("leave-to-caller", "marked")
                .replace(
                    "to: mock:swap",
                    "throwException: {exceptionType: java.io.IOException, message: no}"));
    edited.apply();

    for (String file : List.of(KameletReloadIT.KAMELET, POLICY, COUNT)) {
      edited.edit(file, text -> text + "# edited\n");
      edited.apply();
      assertThat(edited.header("stamp")).isEqualTo("first failure");
    }
  }

  private int post(String id, String action) throws Exception {
    return edited.serai().operatorPost("/routes/" + id + "/" + action, "").statusCode();
  }

  private List<String> ids() throws Exception {
    JsonNode routes = new ObjectMapper().readTree(edited.serai().operatorGet("/routes").body());
    return routes.path("items").findValuesAsText("id");
  }
}
