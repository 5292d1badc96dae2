package dev.serai.checks;

import dev.serai.checks.RouteFile.Entry;
import dev.serai.files.RouteFolder;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** What Camel would look up or read only when a route starts: classes and numbers. */
final class StartCheck {
  private static final Set<String> CLASSES =
      Set.of("exception", "exceptionType", "convertBodyTo", "beanType");

  /** Steps whose key {@code type} is a class. */
  private static final Set<String> CONVERSIONS =
      Set.of("convertBodyTo", "convertHeaderTo", "convertVariableTo");

  private static final Set<String> NUMBERS =
      Set.of(
          "maximumRedeliveries",
          "redeliveryDelay",
          "maximumRedeliveryDelay",
          "backOffMultiplier",
          "collisionAvoidanceFactor");

  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
  private static final Pattern TIME = Pattern.compile("\\d+\\s*(ms|s|m|h|d)"); // told by ValueCheck

  private StartCheck() {}

  static void check(List<RouteFile> files, Known known, Findings findings) {
    for (RouteFile file : files) {
      if (file.path().endsWith(RouteFolder.JAVA)) { // its compiler knows better
        continue;
      }
      Set<Node> options = Endpoints.options(file);
      for (Entry entry : file.entries()) {
        if (!options.contains(entry.parent())) {
          check(file, entry, known, findings);
        }
      }
    }
  }

  private static void check(RouteFile file, Entry entry, Known known, Findings findings) {
    if (CLASSES.contains(entry.name())) {
      checkClasses(file, entry.value(), findings);
    }
    if (CONVERSIONS.contains(entry.name())) {
      RouteFile.text(entry.value(), "type").ifPresent(type -> Classes.check(file, type, findings));
    }
    if (NUMBERS.contains(entry.name())
        && entry.value() instanceof ScalarNode number
        && !isNumber(known.filled(number.getValue()).strip())) {
      findings.add(
          file,
          number,
          "wrong-option",
          "%s is \"%s\"".formatted(entry.name(), known.filled(number.getValue())),
          "write a number");
    }
  }

  private static void checkClasses(RouteFile file, Node value, Findings findings) {
    if (value instanceof ScalarNode name) {
      Classes.check(file, name, findings);
    } else if (value instanceof SequenceNode list) {
      list.getValue().forEach(item -> checkClasses(file, item, findings));
    }
  }

  private static boolean isNumber(String text) {
    return text.contains("{{") || NUMBER.matcher(text).matches() || TIME.matcher(text).matches();
  }
}
