package dev.serai.checks;

import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Texts of expressions that are the same for every message. */
final class Literal {
  private Literal() {}

  /**
   * What stands as {@code constant:} or {@code simple:} in a step, also below {@code expression:}.
   * It may still have placeholders, for values and for what is in a message.
   */
  static Optional<ScalarNode> written(Node step) {
    Node expression = RouteFile.value(step, "expression").orElse(step);
    return List.of("constant", "simple").stream()
        .flatMap(language -> RouteFile.value(expression, language).stream())
        .map(body -> RouteFile.value(body, "expression").orElse(body))
        .filter(ScalarNode.class::isInstance)
        .map(ScalarNode.class::cast)
        .filter(text -> !text.getValue().startsWith("resource:"))
        .findFirst();
  }

  /** Whether nothing in it is filled in from a message. */
  static boolean isFixed(String text) {
    return !text.contains("${") && !text.contains("$simple{");
  }
}
