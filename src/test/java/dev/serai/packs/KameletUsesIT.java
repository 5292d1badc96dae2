package dev.serai.packs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.support.SeraiApp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of each way to use a kamelet when the file that has it, or the kamelet, changes. */
class KameletUsesIT extends EditContract {
  private static final String STAMP = KameletReloadIT.KAMELET;
  private static final String VALUES = "config/swap.yaml";

  /** Steps by the verb of a file; each leaves the header stamp. */
  private static final Map<String, String> STEPS =
      Map.of(
          "step", "- kamelet: {name: swap-stamp, parameters: {text: one}}",
          "precede",
              "- kamelet: {name: swap-stamp, parameters: {text: one}}\n        - log: stamped",
          "send", "- to: {uri: kamelet:swap-stamp, parameters: {text: one}}",
          "choose", "- choice: {when: [{simple: '${body} == \"one\"', steps: [$step]}]}",
          "attempt",
              "- doTry: {steps: [$step], doCatch: [{exception: [java.io.IOException], steps: [$step]}]}",
          "compute", "- toD: {uri: kamelet:swap-stamp, parameters: {text: '${body}'}}",
          "enrich", "- enrich: {simple: 'kamelet:swap-stamp?text=${body}'}",
          "fail", "- throwException: {exceptionType: java.io.IOException, message: never}",
          "fall", "- throwException: {exceptionType: java.io.IOException, message: never}");

  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded", "serai.broker.embedded.durable", "false");
  }

  @BeforeEach
  void use_a_kamelet_in_every_way() throws Exception {
    edited.edit(VALUES, text -> text + "  hook: nolog:x\n");
    edited.write(STAMP, KameletReloadIT.STAMP);
    edited.write(
        "routes/swap/tick.kamelet.yaml",
        """
        apiVersion: camel.apache.org/v1
        kind: Kamelet
        metadata:
          name: swap-tick
        spec:
          definition:
            title: Tick
            description: Says every hour that an hour has passed.
          template:
            from:
              uri: timer:swap-tick
              parameters: {period: 1h}
              steps:
                - to: kamelet:sink
        """);
    edited.write(
        "routes/swap/stamped.camel.yaml",
        """
        - routeConfiguration:
            id: stamped
            description: Stamps what has failed.
            onException:
              - onException:
                  exception: [java.io.IOException]
                  handled: {constant: "true"}
                  steps:
                    - kamelet: {name: swap-stamp, parameters: {text: one}}
        """);
    edited.write(
        file("listen"),
        """
        - route:
            id: swap-listen
            description: Hears that an hour has passed.
            routeConfigurationId: leave-to-caller
            from:
              uri: kamelet:swap-tick
              steps:
                - log: an hour
        """);
    for (Map.Entry<String, String> use : STEPS.entrySet()) {
      edited.write(
          file(use.getKey()),
          """
          - route:
              id: swap-%s
              description: Has its messages stamped.
              routeConfigurationId: stamped
              from:
                uri: direct:swap-%s
                steps:
                  %s
          """
              .formatted(
                  use.getKey(),
                  use.getKey(),
                  use.getValue()
                      .replace("$step", "{kamelet: {name: swap-stamp, parameters: {text: one}}}")));
    }
    edited.apply();
    assertAllStamp("first");
  }

  @Test
  void an_edited_file_is_there_once_and_all_others_go_on(@TempDir Path fresh) throws Exception {
    TreeSet<String> routes = running(edited.camel());
    for (String verb : files()) {
      for (int i = 0; i < 2; i++) {
        edited.edit(file(verb), text -> text + "# again\n");
        edited.apply();
      }
      assertAllStamp("first");
    }

    assertThat(running(edited.camel())).isEqualTo(routes);
    assertRunsAsAfterAStart(fresh);
  }

  @Test
  void what_does_not_start_leaves_all_as_it_was_and_can_be_mended(@TempDir Path fresh)
      throws Exception {
    TreeSet<String> routes = running(edited.camel());
    for (String verb : files()) {
      String before = Files.readString(edited.file(file(verb)));
      edited.edit(file(verb), text -> text.replace("steps:\n", "steps:\n" + notStarting(text)));

      JsonNode outcome = edited.reload();

      assertThat(outcome.path("refused").findValuesAsText("name"))
          .as(verb)
          .containsExactly("not-started");
      assertThat(edited.status(file(verb)).path("state").asText()).isEqualTo("KEPT");
      assertAllStamp("first");
      edited.write(file(verb), before + "# mended\n");
      edited.apply();
      assertAllStamp("first");
    }

    assertThat(running(edited.camel())).isEqualTo(routes);
    assertRunsAsAfterAStart(fresh);
  }

  private static String notStarting(String text) {
    String steps = text.substring(text.indexOf("steps:\n") + 7);
    return " ".repeat(steps.indexOf('-')) + "- to: '{{swap.hook}}'\n";
  }

  @Test
  void an_edit_of_the_kamelet_reaches_every_use_or_none(@TempDir Path fresh) throws Exception {
    edited.edit(STAMP, text -> text.replace("first", "second"));
    edited.apply();
    assertAllStamp("second");

    edited.edit(STAMP, text -> text.replace("steps:\n", "steps:\n" + notStarting(text)));
    assertThat(edited.reload().path("refused").fieldNames())
        .toIterable()
        .containsExactly(edited.file(STAMP).toString());
    assertAllStamp("second");

    edited.edit(STAMP, text -> text.replace("'{{swap.hook}}'", "log:x"));
    edited.apply();
    assertAllStamp("second");
    assertRunsAsAfterAStart(fresh);
  }

  @Test
  void what_is_renamed_wrongly_runs_on_and_what_is_deleted_is_gone(@TempDir Path fresh)
      throws Exception {
    for (String verb : files()) {
      Files.move(edited.file(file(verb)), edited.file(file("other-" + verb)));
      assertThat(edited.reload().path("refused").findValuesAsText("name"))
          .as(verb)
          .contains("wrong-id");
      assertThat(edited.camel().getRoute("swap-" + verb)).isNotNull();
      assertAllStamp("first");
      edited.edit(file("other-" + verb), text -> text.replace("id: swap-", "id: swap-other-"));
      edited.apply();
      assertThat(edited.camel().getRoute("swap-" + verb)).isNull();
      assertAllStamp("first");
    }

    for (String verb : files()) {
      Files.delete(edited.file(file("other-" + verb)));
    }
    edited.apply();
    assertThat(running(edited.camel()))
        .allMatch(id -> !id.startsWith("swap-stamp") && !id.contains("listen"));
    assertRunsAsAfterAStart(fresh);
  }

  @Test
  void no_use_takes_the_place_of_a_route() throws Exception {
    edited.write(
        file("take-place"),
        """
        - route:
            id: swap-take-place
            description: Names its use as a route of another file.
            routeConfigurationId: leave-to-caller
            from:
              uri: direct:swap-take-place
              steps:
                - to: {uri: kamelet:swap-stamp/swap-count, parameters: {text: one}}
        """);

    assertThat(edited.reload().path("refused").findValuesAsText("wrong").toString())
        .contains("count.camel.yaml has a route with the id swap-count");
    assertThat(edited.header("edition")).isEqualTo("first");
  }

  private static List<String> files() {
    List<String> all = new ArrayList<>(new TreeMap<>(STEPS).keySet());
    all.add("listen");
    return all;
  }

  private static String file(String verb) {
    return "routes/swap/" + verb + ".camel.yaml";
  }

  private void assertAllStamp(String edition) {
    for (String verb : STEPS.keySet()) {
      Exchange answer =
          edited
              .camel()
              .createProducerTemplate()
              .request("direct:swap-" + verb, exchange -> exchange.getMessage().setBody("one"));
      assertThat(answer.getException()).as(verb).isNull();
      assertThat(answer.getMessage().getHeader("stamp")).as(verb).isEqualTo(edition + " one");
    }
  }

  /** Ids of the routes; those that messages have made are one. */
  private static TreeSet<String> running(CamelContext camel) {
    TreeSet<String> ids = new TreeSet<>();
    for (Route route : camel.getRoutes()) {
      ids.add(route.getId().replaceFirst("^swap-stamp-.*", "swap-stamp made by a message"));
    }
    return ids;
  }

  /** What runs is what a start on the same files would run. */
  private void assertRunsAsAfterAStart(Path folder) {
    TreeSet<String> routes = running(edited.camel());
    routes.remove("swap-stamp made by a message");
    edited.close(); // there is one in a process
    Map<String, String> settings = new HashMap<>(broker());
    settings.put("serai.routes", edited.file("routes").toString());
    settings.put("serai.config", edited.file("config").toString());
    try (SeraiApp fresh = SeraiApp.start(folder, settings)) {
      assertThat(running(fresh.bean(CamelContext.class))).isEqualTo(routes);
    }
  }
}
