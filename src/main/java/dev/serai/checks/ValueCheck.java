package dev.serai.checks;

import dev.serai.checks.RouteFile.Element;
import dev.serai.checks.RouteFile.Entry;
import dev.serai.topology.Closest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Values of config/ that routes read. */
final class ValueCheck {
  /** {@code {{key}}}; not {@code {{?key}}} or {@code {{key:default}}}, which need none. */
  private static final Pattern KEY = Pattern.compile("\\{\\{([A-Za-z][^}:?]*)}}");

  /** In simple: {@code ${properties:key}}, without a default. */
  private static final Pattern PROPERTY = Pattern.compile("\\$\\{properties:([^}:]+)}");

  private ValueCheck() {}

  static void check(List<RouteFile> files, Known known, Findings findings) {
    for (RouteFile file : files) {
      for (Entry entry : file.entries()) {
        Set<String> own = own(entry.element());
        texts(entry.value()).forEach(text -> checkKeys(file, text, known, own, findings));
      }
    }
  }

  /** Parameters and beans of a template or kamelet, which are its own. */
  private static Set<String> own(Element element) {
    Set<String> names = new HashSet<>();
    if (element.is("routeTemplate") || element.is(RouteFile.KAMELET)) {
      names.addAll(Template.parameters(element).keySet());
      element.at("beans").ifPresent(list -> names.addAll(named(list)));
      element.at("spec", "template", "beans").ifPresent(list -> names.addAll(named(list)));
    }
    return names;
  }

  private static List<String> named(Node list) {
    return list instanceof SequenceNode items
        ? items.getValue().stream()
            .flatMap(item -> RouteFile.text(item, "name").stream())
            .map(ScalarNode::getValue)
            .toList()
        : List.of();
  }

  /** A single value, or those of a list. */
  static List<ScalarNode> texts(Node value) {
    if (value instanceof ScalarNode text) {
      return List.of(text);
    }
    return value instanceof SequenceNode list
        ? list.getValue().stream()
            .filter(ScalarNode.class::isInstance)
            .map(ScalarNode.class::cast)
            .toList()
        : List.of();
  }

  private static void checkKeys(
      RouteFile file, ScalarNode text, Known known, Set<String> own, Findings findings) {
    for (Pattern pattern : List.of(KEY, PROPERTY)) {
      Matcher found = pattern.matcher(text.getValue());
      while (found.find()) {
        String key = found.group(1).strip();
        if (known.value().apply(key).isEmpty() && !own.contains(key)) {
          findings.add(
              file,
              text,
              "unknown-value",
              "\"%s\" has no value in config/".formatted(key),
              Closest.to(key, known.values())
                  .map(closest -> "write " + closest)
                  .orElse("write it into config/" + key.replaceFirst("\\..*", "") + ".yaml"));
        }
      }
    }
  }
}
