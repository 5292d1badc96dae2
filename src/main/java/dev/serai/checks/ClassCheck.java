package dev.serai.checks;

import dev.serai.checks.RouteFile.Entry;
import dev.serai.files.RouteFolder;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Classes that Camel would look up only when a route starts. */
final class ClassCheck {
  private static final Set<String> CLASSES =
      Set.of("exception", "exceptionType", "convertBodyTo", "beanType", "unmarshalType");

  /** Steps whose key {@code type} is a class. */
  private static final Set<String> CONVERSIONS =
      Set.of("convertBodyTo", "convertHeaderTo", "convertVariableTo");

  private ClassCheck() {}

  static void check(List<RouteFile> files, Findings findings) {
    for (RouteFile file : files) {
      if (file.path().endsWith(RouteFolder.JAVA)) { // its compiler knows better
        continue;
      }
      Set<Node> options = Endpoints.options(file);
      for (Entry entry : file.entries()) {
        if (!options.contains(entry.parent())) {
          check(file, entry, findings);
        }
      }
    }
  }

  private static void check(RouteFile file, Entry entry, Findings findings) {
    if (CLASSES.contains(entry.name())) {
      checkClasses(file, entry.value(), findings);
    }
    if (CONVERSIONS.contains(entry.name())) {
      RouteFile.text(entry.value(), "type").ifPresent(type -> Classes.check(file, type, findings));
    }
  }

  private static void checkClasses(RouteFile file, Node value, Findings findings) {
    if (value instanceof ScalarNode name) {
      Classes.check(file, name, findings);
    } else if (value instanceof SequenceNode list) {
      list.getValue().forEach(item -> checkClasses(file, item, findings));
    }
  }
}
