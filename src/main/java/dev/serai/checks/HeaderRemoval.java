package dev.serai.checks;

import dev.serai.checks.RouteFile.Element;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.support.PatternHelper;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** A step {@code removeHeaders}. */
final class HeaderRemoval {
  /** Some that a removal must meet, of the beginning that all have. */
  private static final List<String> STEERING =
      List.of("CamelX", "CamelHttpUri", "CamelFileName", "CamelSpringRabbitmqRoutingOverrideKey");

  private HeaderRemoval() {}

  /** Whether the first step of a kamelet or template is one of all. */
  static boolean isFirstOf(Element kamelet) {
    return Steps.first(kamelet)
        .flatMap(step -> RouteFile.value(step, "removeHeaders"))
        .filter(HeaderRemoval::isOfAll)
        .isPresent();
  }

  /** Whether no header is left that steers an endpoint. */
  static boolean isOfAll(Node step) {
    String pattern =
        Stream.concat(
                RouteFile.text(step, "pattern").stream(),
                Stream.of(step).filter(ScalarNode.class::isInstance).map(ScalarNode.class::cast))
            .map(ScalarNode::getValue)
            .findFirst()
            .orElse("");
    String kept = RouteFile.text(step, "excludePattern").map(ScalarNode::getValue).orElse("");
    return STEERING.stream()
        .allMatch(
            header ->
                PatternHelper.matchPattern(header, pattern)
                    && !PatternHelper.matchPattern(header, kept));
  }
}
