package dev.serai.checks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The beans that files, templates and kamelets declare: their keys and classes, never made. */
final class DeclaredBeans {
  private static final Set<String> KEYS =
      Set.of(
          "name",
          "type",
          "constructors",
          "properties",
          "factoryBean",
          "factoryMethod",
          "builderClass",
          "builderMethod",
          "initMethod",
          "destroyMethod",
          "script",
          "scriptLanguage",
          "scriptPropertyPlaceholders");

  /** Keys because of which a bean may be another than its type says. */
  private static final Set<String> MAKING =
      Set.of("factoryBean", "factoryMethod", "builderClass", "script");

  private DeclaredBeans() {}

  static void check(List<RouteFile> files, Findings findings) {
    for (RouteFile file : files) {
      file.elements().stream()
          .filter(element -> element.is("beans"))
          .forEach(element -> check(file, element.body(), findings));
      Set<Node> options = Endpoints.options(file);
      file.entries().stream()
          .filter(entry -> entry.is("beans") && !options.contains(entry.parent()))
          .forEach(entry -> check(file, entry.value(), findings));
    }
  }

  /** The names of those that all routes may call. */
  static Set<String> names(RouteFile file) {
    Set<String> names = new TreeSet<>();
    file.elements().stream()
        .filter(element -> element.is("beans"))
        .flatMap(element -> items(element.body()).stream())
        .flatMap(item -> RouteFile.text(item, "name").stream())
        .forEach(name -> names.add(name.getValue()));
    return names;
  }

  /** The names of those that each route of a template or a kamelet has for itself. */
  static Set<String> ownNames(RouteFile file) {
    Set<Node> options = Endpoints.options(file);
    return file.entries().stream()
        .filter(entry -> entry.is("beans") && !options.contains(entry.parent()))
        .flatMap(entry -> items(entry.value()).stream())
        .flatMap(item -> RouteFile.text(item, "name").stream())
        .map(ScalarNode::getValue)
        .collect(Collectors.toSet());
  }

  /** Those of which it is known what they are: nothing but a class makes them. */
  static Map<String, Class<?>> classes(RouteFile file) {
    Map<String, Class<?>> classes = new HashMap<>();
    file.elements().stream()
        .filter(element -> element.is("beans"))
        .flatMap(element -> items(element.body()).stream())
        .filter(bean -> MAKING.stream().noneMatch(key -> RouteFile.value(bean, key).isPresent()))
        .forEach(
            bean ->
                RouteFile.text(bean, "type")
                    .flatMap(type -> Classes.find(type.getValue()))
                    .ifPresent(
                        type ->
                            RouteFile.text(bean, "name")
                                .ifPresent(name -> classes.put(name.getValue(), type))));
    return classes;
  }

  /** The names of the data formats that {@code marshal: custom:} may name, as it does beans. */
  static Set<String> formats(RouteFile file) {
    Set<Node> below = Collections.newSetFromMap(new IdentityHashMap<>());
    file.elements().stream()
        .filter(element -> element.is("dataFormats"))
        .forEach(element -> below.addAll(items(element.body())));
    return file.entries().stream()
        .filter(entry -> below.contains(entry.parent()))
        .flatMap(entry -> RouteFile.text(entry.value(), "id").stream())
        .map(ScalarNode::getValue)
        .collect(Collectors.toSet());
  }

  private static List<Node> items(Node list) {
    return list instanceof SequenceNode sequence ? sequence.getValue() : List.of();
  }

  private static void check(RouteFile file, Node list, Findings findings) {
    if (!(list instanceof SequenceNode)) {
      findings.add(file, list, "bad-step", "beans is no list", "write - name: and type:");
    }
    for (Node item : items(list)) {
      if (item instanceof MappingNode bean) {
        checkBean(file, bean, findings);
      } else {
        findings.add(file, item, "bad-step", "a bean is no single word", "write name: and type:");
      }
    }
  }

  private static void checkBean(RouteFile file, MappingNode bean, Findings findings) {
    List<String> keys = new ArrayList<>();
    for (NodeTuple tuple : bean.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key) {
        keys.add(key.getValue());
        if (!KEYS.contains(key.getValue())) {
          findings.add(
              file,
              key,
              "bad-step",
              "a bean has no key \"%s\"".formatted(key.getValue()),
              Findings.instead(key.getValue(), KEYS));
        }
      }
    }
    if (!keys.contains("name")) {
      findings.add(file, bean, "bad-step", "the bean has no name", "write name:");
    }
    if (!keys.contains("type") && !keys.contains("script")) {
      findings.add(file, bean, "bad-step", "the bean has no type", "write type: with its class");
    }
    for (String key : List.of("type", "builderClass")) {
      Optional<ScalarNode> type = RouteFile.text(bean, key);
      type.ifPresent(name -> Classes.check(file, name, findings));
    }
  }
}
