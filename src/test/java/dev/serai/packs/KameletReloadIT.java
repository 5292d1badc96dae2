package dev.serai.packs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of a good edit of a kamelet or template, and of what uses one. */
class KameletReloadIT extends EditContract {
  static final String KAMELET = "routes/swap/stamp.kamelet.yaml";
  static final String STAMP =
      """
      apiVersion: camel.apache.org/v1
      kind: Kamelet
      metadata:
        name: swap-stamp
      spec:
        definition:
          title: Stamp
          description: Sets the header stamp.
          required: [text]
          properties:
            text:
              type: string
        template:
          from:
            uri: kamelet:source
            steps:
              - setHeader:
                  name: stamp
                  constant: "first {{text}}"
      """;

  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded", "serai.broker.embedded.durable", "false");
  }

  @Test
  void a_changed_kamelet_reaches_the_routes_that_use_it_and_goes_with_its_last_use()
      throws Exception {
    edited.write(KAMELET, STAMP);
    String count = Files.readString(edited.file(COUNT));
    edited.edit(
        COUNT,
        text ->
            text.replace(
                "steps:",
                "steps:\n        - to: {uri: kamelet:swap-stamp, parameters: {text: of all}}"));
    edited.apply();
    assertThat(edited.header("stamp")).isEqualTo("first of all");
    int routes = edited.camel().getRoutesSize();

    edited.edit(KAMELET, text -> text.replace("first", "second"));
    edited.apply();
    assertThat(edited.header("stamp")).isEqualTo("second of all");
    assertThat(edited.camel().getRoutesSize()).isEqualTo(routes);

    edited.edit(KAMELET, text -> text.replace("setHeader", "setHaeder"));
    assertThat(edited.reload().path("refused").findValuesAsText("name"))
        .containsExactly("bad-step");
    Files.delete(edited.file(KAMELET));
    assertThat(edited.reload().path("refused").findValuesAsText("name"))
        .containsExactly("unknown-kamelet");
    assertThat(edited.header("stamp")).isEqualTo("second of all");

    edited.write(COUNT, count);
    edited.apply();
    assertThat(edited.header("stamp")).isNull();
    assertThat(edited.camel().getRoutesSize()).isEqualTo(routes - 1);
  }

  @Test
  void files_that_use_a_kamelet_alike_do_not_need_each_other() throws Exception {
    String uses =
        "steps:\n        - kamelet: {name: swap-stamp, parameters: {text: alike}}"
            + "\n        - to: {uri: kamelet:swap-stamp, parameters: {text: alike}}";
    edited.write(KAMELET, STAMP);
    edited.edit(COUNT, text -> text.replace("steps:", uses));
    edited.edit(
        PING,
        text ->
            text.replace(
                    "steps:",
                    uses.replace("steps:", "steps:\n        - removeHeaders: {pattern: Camel*}"))
                .replace("constant: \"first\"", "simple: \"${header.stamp}\""));
    edited.apply();

    for (String file : new String[] {COUNT, PING, COUNT}) {
      edited.edit(file, text -> text + "# again\n");
      edited.apply();

      assertThat(edited.header("stamp")).isEqualTo("first alike");
      assertThat(edited.serai().post("/swap/ping", "{}").body()).isEqualTo("first alike");
    }

    Files.delete(edited.file(PING));
    edited.apply();
    assertThat(edited.header("stamp")).isEqualTo("first alike");
  }

  @Test
  void a_changed_template_reaches_the_routes_that_are_made_of_it() throws Exception {
    edited.write(
        "routes/swap/template.camel.yaml",
        """
        - routeTemplate:
            id: swap-marks
            parameters:
              - name: mark
            route:
              routeConfigurationId: leave-to-caller
              from:
                uri: direct:swap-mark-{{mark}}
                steps:
                  - setHeader:
                      name: stamp
                      constant: "first {{mark}}"
        """);
    edited.write(
        "routes/swap/mark.camel.yaml",
        """
        - templatedRoute:
            routeTemplateRef: swap-marks
            routeId: swap-mark
            parameters:
              - name: mark
                value: north
        """);
    edited.edit(
        COUNT, text -> text.replace("steps:", "steps:\n        - to: direct:swap-mark-north"));
    edited.apply();
    assertThat(edited.header("stamp")).isEqualTo("first north");

    edited.edit("routes/swap/template.camel.yaml", text -> text.replace("first", "second"));

    assertThat(edited.apply().path("loaded")).hasSize(2);
    assertThat(edited.header("stamp")).isEqualTo("second north");
  }
}
