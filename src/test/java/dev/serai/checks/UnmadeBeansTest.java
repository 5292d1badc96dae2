package dev.serai.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.javadsl.JavaRoutes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A check makes nothing of what a file asks for: it may come from anybody who reaches the port. */
class UnmadeBeansTest {
  private static final AtomicInteger MADE = new AtomicInteger();

  /** Counts each sign of life. */
  public static final class Witness {
    static {
      MADE.incrementAndGet();
    }

    /** Made. */
    public Witness() {
      MADE.incrementAndGet();
    }

    /** Called. */
    public void begin() {
      MADE.incrementAndGet();
    }
  }

  private static final String BEANS =
      """
      beans:
        - name: witness
          type: "#class:%1$s"
          initMethod: begin
        - {name: second, type: %1$s}
        - name: third
          type: java.lang.Object
          script: "${bean:type:%1$s?method=toString}"
          scriptLanguage: simple
      """
          .formatted(Witness.class.getName());

  @Test
  void a_bean_of_the_file_is_not_made() {
    assertThat(check("orders/a.camel.yaml", "- " + below(BEANS, 2))).isEmpty();
    assertThat(MADE).hasValue(0);
  }

  @Test
  void a_bean_whose_key_is_hidden_is_not_made() {
    String hidden = BEANS.replaceFirst("beans", "\"be\\\\x61ns\"");
    assertThat(check("orders/a.camel.yaml", "# \uD83D\uDE00\r\n- " + below(hidden, 2))).isEmpty();
    assertThat(MADE).hasValue(0);
  }

  @Test
  void a_bean_of_a_template_that_is_used_is_not_made() {
    String text =
        """
        - routeConfiguration: {id: a, description: Does nothing.}
        - routeTemplate:
            id: made
            parameters: [{name: policy, defaultValue: a}]
            %s
            route:
              routeConfigurationId: "{{policy}}"
              from:
                uri: direct:orders-made
                steps:
                  - bean: {ref: "{{witness}}"}
        - templatedRoute:
            routeTemplateRef: made
            routeId: orders-made
            %s
        """
            .formatted(below(BEANS, 4), below(BEANS.replace("witness", "fourth"), 4));

    assertThat(check("orders/a.camel.yaml", text)).isEmpty();
    assertThat(MADE).hasValue(0);
  }

  @Test
  void a_bean_of_a_kamelet_is_not_made() {
    String text =
        """
        apiVersion: camel.apache.org/v1
        kind: Kamelet
        metadata:
          name: orders-a
        spec:
          definition:
            description: Makes nothing.
          template:
            %s
            from:
              uri: kamelet:source
              steps:
                - to: kamelet:sink
        """
            .formatted(below(BEANS, 4));

    assertThat(check("orders/a.kamelet.yaml", text)).isEmpty();
    assertThat(MADE).hasValue(0);
  }

  @Test
  void an_expression_makes_none_and_reads_no_file() {
    String text =
        """
        - route:
            id: orders-a
            description: Calls a class.
            routeConfigurationId: leave-to-caller
            from:
              uri: direct:orders-a
              steps:
                - setBody:
                    simple: ${bean:type:%1$s?method=begin}
                - setBody:
                    simple: "resource:bean:type:%1$s?method=begin"
        - routeConfiguration:
            id: leave-to-caller
        """
            .formatted(Witness.class.getName());

    assertThat(check("orders/a.camel.yaml", text))
        .extracting(RouteProblem::name)
        .doesNotContain("bad-expression", "bad-step");
    assertThat(MADE).hasValue(0);
  }

  private static String below(String text, int indent) {
    return text.strip().replace("\n", "\n" + " ".repeat(indent));
  }

  private static List<RouteProblem> check(String path, String text) {
    return new RouteChecks(ShippedKnown.read(), JavaRoutes.inMemory())
        .check(Map.of(path, text.getBytes(StandardCharsets.UTF_8)), Path.of("routes"));
  }
}
