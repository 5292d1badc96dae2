package dev.serai.checks;

import dev.serai.checks.RouteFile.Element;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * What a template or a kamelet takes.
 *
 * @param needed parameters that each use must give
 * @param known all that can be given: those, the others, and what is filled in without being named
 */
record Template(Set<String> needed, Set<String> known) {
  private static final Pattern FILLED = Pattern.compile("\\{\\{\\??([A-Za-z][^}:]*)");

  /** Those of some files, by their names. */
  static Map<String, Template> of(List<RouteFile> files) {
    Map<String, Template> found = new HashMap<>();
    for (RouteFile file : files) {
      for (Element element : file.elements()) {
        if (element.is("routeTemplate") || element.is(RouteFile.KAMELET)) {
          Optional<ScalarNode> name = element.name();
          name.ifPresent(id -> found.putIfAbsent(id.getValue(), read(file, element)));
        }
      }
    }
    return found;
  }

  private static Template read(RouteFile file, Element element) {
    Map<String, Node> parameters = parameters(element);
    Set<String> known = new TreeSet<>(parameters.keySet());
    file.entries().stream()
        .filter(entry -> entry.element() == element)
        .flatMap(entry -> ValueCheck.texts(entry.value()).stream())
        .flatMap(text -> FILLED.matcher(text.getValue()).results())
        .forEach(filled -> known.add(filled.group(1).strip()));
    Set<String> needed = new TreeSet<>();
    parameters.forEach(
        (name, said) -> {
          if (isNeeded(element, name, said)) {
            needed.add(name);
          }
        });
    return new Template(needed, known);
  }

  /** Each name with what is said about it. */
  static Map<String, Node> parameters(Element element) {
    Map<String, Node> found = new TreeMap<>();
    if (element.is("routeTemplate")) {
      Stream.of("parameters", "templateParameter") // in YAML and in Java
          .flatMap(key -> element.at(key).stream())
          .filter(SequenceNode.class::isInstance)
          .flatMap(list -> ((SequenceNode) list).getValue().stream())
          .forEach(
              item ->
                  RouteFile.text(item, "name").ifPresent(name -> found.put(name.getValue(), item)));
    } else if (element.at("spec", "definition", "properties").orElse(null)
        instanceof MappingNode properties) {
      for (NodeTuple tuple : properties.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode name) {
          found.put(name.getValue(), tuple.getValueNode());
        }
      }
    }
    return found;
  }

  private static boolean isNeeded(Element element, String name, Node said) {
    if (element.is("routeTemplate")) {
      return RouteFile.text(said, "defaultValue").isEmpty()
          && RouteFile.text(said, "required").filter(is -> is.getValue().equals("false")).isEmpty();
    }
    return RouteFile.value(said, "default").isEmpty()
        && element.at("spec", "definition", "required").stream()
            .flatMap(list -> ValueCheck.texts(list).stream())
            .anyMatch(required -> required.getValue().equals(name));
  }

  /** What a parameter is when nobody gives it. */
  static Optional<ScalarNode> defaultValue(Element template, String parameter) {
    return Optional.ofNullable(parameters(template).get(parameter))
        .flatMap(said -> RouteFile.text(said, "defaultValue"));
  }
}
