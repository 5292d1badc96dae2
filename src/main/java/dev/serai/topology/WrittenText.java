package dev.serai.topology;

import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Texts of a file as a message may show them. */
final class WrittenText {
  private WrittenText() {}

  /**
   * The text as it is written, with the keys of values, which may be secrets.
   *
   * @param node where it stands, or a mapping that has it
   * @param filled the text, or a part of it, with the values
   */
  static String of(Node node, String filled) {
    if (node instanceof MappingNode mapping) {
      return mapping.getValue().stream()
          .map(tuple -> of(tuple.getValueNode(), filled))
          .filter(shown -> shown.contains("{{"))
          .findFirst()
          .orElse(filled);
    }
    return node instanceof ScalarNode scalar && scalar.getValue().contains("{{")
        ? scalar.getValue()
        : filled;
  }
}
