package dev.serai.checks;

import dev.serai.checks.RouteFile.Entry;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Numbers and times that Camel reads only when a route starts, or when a message comes. */
final class NumberCheck {
  /** Keys that are a number of milliseconds, and in no other form. */
  private static final Set<String> MILLISECONDS =
      Set.of("redeliveryDelay", "maximumRedeliveryDelay", "delayPattern");

  private static final Set<String> NUMBERS =
      Set.of(
          "maximumRedeliveries",
          "redeliveryDelay",
          "maximumRedeliveryDelay",
          "backOffMultiplier",
          "collisionAvoidanceFactor");

  /** Steps and keys whose expression is a whole number; of milliseconds, where it is a time. */
  private static final Set<String> EXPRESSIONS =
      Set.of(
          "delay", "throttle", "loop", "completionSizeExpression", "completionTimeoutExpression");

  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
  private static final Pattern WHOLE = Pattern.compile("-?\\d+");
  private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

  private final Known known;
  private final Findings findings;

  private NumberCheck(Known known, Findings findings) {
    this.known = known;
    this.findings = findings;
  }

  static void check(List<RouteFile> files, Known known, Findings findings) {
    NumberCheck check = new NumberCheck(known, findings);
    for (RouteFile file : files) {
      Set<Node> options = Endpoints.options(file);
      for (Entry entry : file.entries()) {
        if (!options.contains(entry.parent())) {
          check.check(file, entry);
        }
      }
    }
  }

  private void check(RouteFile file, Entry entry) {
    if (EXPRESSIONS.contains(entry.name()) && !isCondition(entry.value())) {
      Literal.written(entry.value())
          .filter(text -> Literal.isFixed(text.getValue()))
          .ifPresent(text -> check(file, entry.name(), text, WHOLE));
    }
    if (entry.value() instanceof ScalarNode text) {
      if (NUMBERS.contains(entry.name())) {
        check(file, entry.name(), text, NUMBER);
      } else if (MILLISECONDS.contains(entry.name())) {
        checkTime(file, entry.name(), text);
      }
    }
  }

  /** Of a loop. */
  private static boolean isCondition(Node step) {
    return RouteFile.text(step, "doWhile").filter(is -> !is.getValue().equals("false")).isPresent();
  }

  private void check(RouteFile file, String key, ScalarNode written, Pattern good) {
    String text = known.filled(written.getValue()).strip();
    if (!text.contains("{{") && !good.matcher(text).matches() && !checkTime(file, key, written)) {
      findings.add(
          file,
          written,
          "wrong-option",
          "%s is \"%s\"".formatted(key, written.getValue()),
          Findings.write(written, good == WHOLE ? "a whole number" : "a number"));
    }
  }

  /** Whether it is a time, which Camel takes as a number. */
  private boolean checkTime(RouteFile file, String key, ScalarNode written) {
    Matcher time = TIME.matcher(known.filled(written.getValue()).strip());
    if (!time.matches()) {
      return false;
    }
    boolean isValue = written.getValue().contains("{{");
    long millis = Long.parseLong(time.group(1)) * millis(time.group(2));
    findings.add(
        file,
        written,
        "wrong-duration",
        "%s is \"%s\"; Camel takes it as a number and fails at the first message that needs it"
            .formatted(key, written.getValue()),
        Findings.write(written, isValue ? "a number of milliseconds" : millis + " (milliseconds)"));
    return true;
  }

  private static long millis(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1_000;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      default -> 86_400_000;
    };
  }
}
