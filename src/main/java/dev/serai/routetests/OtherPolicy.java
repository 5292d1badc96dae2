package dev.serai.routetests;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Writes another policy into the text of a route file; Camel builds it in while it reads. */
final class OtherPolicy {
  private OtherPolicy() {}

  /** The file with this policy for each of its routes; nothing else differs. */
  static byte[] in(byte[] file, String policy) {
    String text = new String(file, StandardCharsets.UTF_8);
    Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
    List<Node> named =
        items(root)
            .flatMap(element -> fields(element, "route"))
            .flatMap(route -> fields(route, "routeConfigurationId"))
            .toList();
    int[] points = text.codePoints().toArray(); // as SnakeYAML counts
    StringBuilder written = new StringBuilder();
    int done = 0;
    for (Node name : named) {
      int start = name.getStartMark().getIndex();
      written.append(new String(points, done, start - done)).append(policy);
      done = name.getEndMark().getIndex();
    }
    written.append(new String(points, done, points.length - done));
    return written.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Stream<Node> items(Node node) {
    return (node instanceof SequenceNode list ? list.getValue() : Collections.<Node>emptyList())
        .stream();
  }

  private static Stream<Node> fields(Node node, String name) {
    return node instanceof MappingNode mapping
        ? mapping.getValue().stream()
            .filter(
                field ->
                    field.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name))
            .map(field -> field.getValueNode())
        : Stream.empty();
  }
}
