package dev.serai.packs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of edits of policies, and of routes that need what other files have. */
class PolicyReloadIT extends EditContract {
  private static final String POLICY = "routes/swap/stamped.camel.yaml"; // behind count
  private static final String STAMPED =
      """
      - routeConfiguration:
          id: stamped
          description: Stamps what has failed.
          onException:
            - onException:
                exception: [java.io.IOException]
                handled: {constant: "true"}
                steps:
                  - setHeader: {name: stamp, constant: first}
                  - to: mock:swap
      """;
  private static final String FAIL =
      "throwException: {exceptionType: java.io.IOException, message: no}";
  private static final String BEAN =
      "- beans:\n    - {name: swapNumber, type: java.util.concurrent.atomic.AtomicInteger}\n";

  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded", "serai.broker.embedded.durable", "false");
  }

  @Test
  void an_edited_policy_reaches_the_routes_that_ask_for_it_by_a_pattern() throws Exception {
    edited.write(POLICY, STAMPED);
    edited.edit(
        COUNT, text -> text.replace("leave-to-caller", "stam*").replace("to: mock:swap", FAIL));
    edited.apply();
    assertThat(edited.header("stamp")).isEqualTo("first");

    edited.edit(POLICY, text -> text.replace("first", "second"));
    edited.apply();
    assertThat(edited.header("stamp")).isEqualTo("second");

    edited.edit(POLICY, text -> text.replace("second", "third"));
    edited.edit(COUNT, text -> BEAN + text); // now both are loaded first
    edited.apply();
    assertThat(edited.header("stamp")).isEqualTo("third");
  }

  @Test
  void an_edited_policy_reaches_the_templates_that_ask_for_it_by_a_value() throws Exception {
    edited.edit("config/swap.yaml", text -> text + "  guard: stamped\n");
    edited.write(POLICY, STAMPED);
    edited.write(
        COUNT,
        """
        - routeTemplate:
            id: swap-count
            route:
              routeConfigurationId: "{{swap.guard}}"
              from:
                uri: direct:swap-count
                steps:
                  - %s
        - templatedRoute:
            routeTemplateRef: swap-count
            routeId: swap-counts
        """
            .formatted(FAIL));
    edited.apply();
    assertThat(edited.header("stamp")).isEqualTo("first");

    edited.edit(POLICY, text -> text.replace("first", "second"));
    edited.apply();

    assertThat(edited.header("stamp")).isEqualTo("second");
  }

  @Test
  void what_was_deleted_too_early_is_put_back_behind_what_it_needs() throws Exception {
    String owner = "routes/swap/are-many.camel.yaml"; // before its policy, which needs its bean
    edited.write(
        POLICY, STAMPED.replace("constant: first", "simple: \"${bean:swapNumber?method=get}\""));
    edited.write(
        owner,
        BEAN
            + """
            - route:
                id: swap-are-many
                description: Has the bean that the policy needs.
                routeConfigurationId: stamped
                from:
                  uri: direct:swap-are-many
                  steps:
                    - log: many
            """);
    edited.edit(
        COUNT, text -> text.replace("leave-to-caller", "stamped").replace("to: mock:swap", FAIL));
    edited.apply();
    assertThat(edited.header("stamp")).hasToString("0");

    Files.delete(edited.file(owner));
    for (int i = 0; i < 2; i++) {
      assertThat(edited.reload().path("refused").fieldNames())
          .toIterable()
          .containsExactly(edited.file(owner).toString());
      assertThat(edited.status(owner).path("state").asText()).isEqualTo("KEPT");
      assertThat(edited.camel().getRoute("swap-are-many")).isNotNull();
      assertThat(edited.header("stamp")).hasToString("0");
    }
  }
}
