package dev.serai.checks;

import dev.serai.files.RouteFolder;
import dev.serai.files.YamlText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One route file as it was written, with the place of every word.
 *
 * @param path relative to the folder of the routes, with slashes: {@code debias/events.camel.yaml}
 * @param shown the path as a person sees it
 * @param elements its routes, rest blocks, policies and so on, in order
 * @param entries every key of every mapping, outer before inner
 * @param problems what is wrong in the YAML itself; with any of these the file was not read further
 */
record RouteFile(
    String path,
    String shown,
    List<Element> elements,
    List<Entry> entries,
    List<RouteProblem> problems) {
  static final String KAMELET = "kamelet";

  /** One item of the file's list: its kind ({@code route}) and its body. */
  record Element(ScalarNode kind, Node body) {

    Optional<ScalarNode> text(String key) {
      return RouteFile.text(body, key);
    }

    boolean is(String name) {
      return kind.getValue().equals(name);
    }

    /** Where {@code from} and {@code steps} stand. */
    Node flow() {
      Node made = is(KAMELET) ? at("spec", "template").orElse(body) : body;
      return value(made, "route").orElse(made); // a template may have a whole route
    }

    /** What stands below some keys. */
    Optional<Node> at(String... keys) {
      Optional<Node> found = Optional.of(body);
      for (String key : keys) {
        found = found.flatMap(node -> value(node, key));
      }
      return found;
    }

    /** What others name it by. */
    Optional<ScalarNode> name() {
      return is(KAMELET)
          ? at("metadata").flatMap(data -> RouteFile.text(data, "name"))
          : text("id");
    }
  }

  /** A key with its value, and the element and mapping they stand in. */
  record Entry(Element element, MappingNode parent, ScalarNode key, Node value) {

    boolean is(String word) {
      return name().equals(word);
    }

    String name() {
      return key.getValue();
    }
  }

  static RouteFile read(String path, String shown, byte[] bytes) {
    RouteFile file =
        new RouteFile(path, shown, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    file.read(bytes);
    return file;
  }

  /** A file in another language than YAML, or one that cannot be used because of problems. */
  static RouteFile of(
      String path, String shown, List<Element> elements, List<RouteProblem> problems) {
    RouteFile file = new RouteFile(path, shown, elements, new ArrayList<>(), problems);
    Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    elements.forEach(element -> file.walk(element, element.body(), seen));
    return file;
  }

  private void read(byte[] bytes) {
    try {
      YamlText.read(shown, bytes).ifPresentOrElse(this::readAll, this::refuseEmpty);
    } catch (YamlText.UnreadableException e) {
      problems.add(RouteProblem.of(e.file().name(), e.file().file()));
    }
  }

  private void refuseEmpty() {
    problems.add(
        new RouteProblem(
            "bad-yaml", shown, 1, 1, "the file is empty", "write a route, or delete the file"));
  }

  private void readAll(Node root) {
    Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    if (path.endsWith(RouteFolder.KAMELET)) {
      readKamelet(root, seen);
      return;
    }
    if (!(root instanceof SequenceNode list)) {
      refuseAt(root, "wrong-type", "a route file is a list", "begin with - route:");
      return;
    }
    for (Node item : list.getValue()) {
      if (item instanceof MappingNode mapping
          && mapping.getValue().size() == 1
          && mapping.getValue().get(0).getKeyNode() instanceof ScalarNode kind) {
        Element element = new Element(kind, mapping.getValue().get(0).getValueNode());
        elements.add(element);
        walk(element, element.body(), seen);
      } else {
        refuseAt(
            item, "wrong-type", "an item of the list is one key with its body", "write - route:");
      }
    }
  }

  /** It is written as a resource of Kubernetes, whose kind is no key. */
  private void readKamelet(Node root, Set<Node> seen) {
    if (root instanceof MappingNode) {
      ScalarNode kind =
          new ScalarNode(
              Tag.STR,
              KAMELET,
              root.getStartMark(),
              root.getStartMark(),
              DumperOptions.ScalarStyle.PLAIN);
      Element element = new Element(kind, root);
      elements.add(element);
      walk(element, root, seen);
    } else {
      refuseAt(
          root, "wrong-type", "a kamelet is no list", "begin with apiVersion: camel.apache.org/v1");
    }
  }

  private void walk(Element element, Node node, Set<Node> seen) {
    if (!(node instanceof ScalarNode) && !seen.add(node)) {
      refuseAt(
          node, "yaml-alias", "an alias (*name) repeats a part of the file", "write the part out");
      return;
    }
    if (node instanceof SequenceNode list) {
      list.getValue().forEach(item -> walk(element, item, seen));
    } else if (node instanceof MappingNode mapping) {
      walkMapping(element, mapping, seen);
    }
  }

  private void walkMapping(Element element, MappingNode mapping, Set<Node> seen) {
    List<String> keys = new ArrayList<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        refuseAt(tuple.getKeyNode(), "wrong-type", "a key is a single word", "write key: value");
        continue;
      }
      if (keys.contains(key.getValue())) {
        refuseAt(
            key, "duplicate-key", "\"" + key.getValue() + "\" stands here twice", "remove one");
      }
      keys.add(key.getValue());
      entries.add(new Entry(element, mapping, key, tuple.getValueNode()));
      walk(element, tuple.getValueNode(), seen);
    }
  }

  private void refuseAt(Node node, String name, String wrong, String remedy) {
    problems.add(RouteProblem.at(name, shown, node.getStartMark(), wrong, remedy));
  }

  /** The value of a key, when the node is a mapping that has it. */
  static Optional<Node> value(Node node, String key) {
    return node instanceof MappingNode mapping
        ? mapping.getValue().stream()
            .filter(t -> t.getKeyNode() instanceof ScalarNode k && k.getValue().equals(key))
            .map(NodeTuple::getValueNode)
            .findFirst()
        : Optional.empty();
  }

  /** The value of a key, when it is a single one. */
  static Optional<ScalarNode> text(Node node, String key) {
    return value(node, key).filter(ScalarNode.class::isInstance).map(ScalarNode.class::cast);
  }
}
