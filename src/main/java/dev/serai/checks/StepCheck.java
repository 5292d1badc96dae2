package dev.serai.checks;

import dev.serai.checks.RouteFile.Entry;
import dev.serai.files.RouteFolder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.LoggingLevel;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.tooling.model.EipModel;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** What steps lack or have wrong, which Camel would find only when a route starts. */
final class StepCheck {
  /** Steps that do not start without a key. */
  private static final Map<String, String> NEEDED =
      Map.of(
          "setHeader", "name",
          "setProperty", "name",
          "setVariable", "name",
          "wireTap", "uri",
          "process", "ref",
          "convertBodyTo", "type");

  /** Steps that do not start without an expression. */
  private static final Set<String> EXPRESSIONS =
      Set.of(
          "dynamicRouter",
          "enrich",
          "filter",
          "idempotentConsumer",
          "loop",
          "recipientList",
          "routingSlip",
          "script",
          "setBody",
          "setHeader",
          "setProperty",
          "setVariable",
          "split",
          "throttle",
          "transform",
          "validate");

  /** Steps that do not start without others below them, or behind them, which Camel takes then. */
  private static final Set<String> OUTER =
      Set.of(
          "aggregate",
          "doTry",
          "filter",
          "idempotentConsumer",
          "loop",
          "multicast",
          "pipeline",
          "resequence",
          "split",
          "step");

  private static final Set<String> LEVELS =
      Set.of(
          "loggingLevel",
          "retriesExhaustedLogLevel",
          "retryAttemptedLogLevel",
          "rollbackLoggingLevel");

  private final CamelCatalog catalog;
  private final Set<String> languages;
  private final Known known;
  private final Findings findings;

  /** The keys of each kind of step. */
  private final Map<String, Set<String>> own = new HashMap<>();

  private StepCheck(CamelCatalog catalog, Known known, Findings findings) {
    this.catalog = catalog;
    this.languages = Set.copyOf(catalog.findLanguageNames());
    this.known = known;
    this.findings = findings;
  }

  /** The least that a step can be written with, where it needs something. */
  static Optional<String> needed(String step) {
    String key = NEEDED.get(step);
    if (EXPRESSIONS.contains(step)) {
      String name = key == null ? "" : key + ": …, ";
      return Optional.of("%s: {%ssimple: \"…\"} or constant".formatted(step, name));
    }
    return Optional.ofNullable(key).map(needed -> "%s: {%s: …}".formatted(step, needed));
  }

  static void check(List<RouteFile> files, CamelCatalog catalog, Known known, Findings findings) {
    StepCheck check = new StepCheck(catalog, known, findings);
    for (RouteFile file : files) {
      if (file.path().endsWith(RouteFolder.JAVA)) { // its compiler knows better
        continue;
      }
      Set<Node> options = Endpoints.options(file);
      file.entries().stream()
          .filter(entry -> LEVELS.contains(entry.name()) && !options.contains(entry.parent()))
          .forEach(entry -> check.checkLevel(file, entry));
      for (Entry step : Steps.of(file)) {
        if (step.value() instanceof MappingNode body && !has(body, "disabled")) {
          check.check(file, step, body);
        }
      }
      for (Entry step : Steps.last(file)) {
        if (OUTER.contains(step.name())
            && step.value() instanceof MappingNode body
            && !hasSteps(body)) {
          check.lacks(file, step, "steps", "write steps: below it");
        }
      }
    }
  }

  private void checkLevel(RouteFile file, Entry entry) {
    if (entry.value() instanceof ScalarNode written) {
      String text = known.filled(written.getValue()).strip();
      boolean isLevel =
          List.of(LoggingLevel.values()).stream()
              .anyMatch(level -> level.name().equals(text.toUpperCase(Locale.ROOT)));
      if (!isLevel && !text.isEmpty() && !text.contains("{{")) {
        findings.add(
            file,
            written,
            "wrong-option",
            "%s is \"%s\"".formatted(entry.name(), written.getValue()),
            Findings.write(written, "one of TRACE, DEBUG, INFO, WARN, ERROR, OFF"));
      }
    }
  }

  private void check(RouteFile file, Entry step, MappingNode body) {
    String needed = NEEDED.get(step.name());
    if (needed != null && !has(body, needed)) {
      lacks(file, step, needed, "write %s: below it".formatted(needed));
    }
    if (EXPRESSIONS.contains(step.name()) && !hasExpression(step.name(), body)) {
      lacks(file, step, "expression", "write simple:, constant: or another language below it");
    }
  }

  private void lacks(RouteFile file, Entry step, String what, String remedy) {
    findings.add(
        file, step.key(), "bad-step", "\"%s\" has no %s".formatted(step.name(), what), remedy);
  }

  private static boolean hasSteps(MappingNode body) {
    return RouteFile.value(body, "steps")
        .filter(steps -> !(steps instanceof SequenceNode list && list.getValue().isEmpty()))
        .isPresent();
  }

  /** Whether it has a key that is none of the step's own, since that can only be an expression. */
  private boolean hasExpression(String step, MappingNode body) {
    Set<String> keys = own.computeIfAbsent(step, name -> keys(catalog.eipModel(name)));
    return body.getValue().stream()
        .map(NodeTuple::getKeyNode)
        .anyMatch(
            key ->
                !(key instanceof ScalarNode word)
                    || languages.contains(word.getValue())
                    || !keys.contains(word.getValue()));
  }

  private static Set<String> keys(@Nullable EipModel step) {
    Set<String> keys = new HashSet<>(Set.of("steps"));
    if (step != null) {
      step.getOptions().forEach(option -> keys.add(option.getName()));
    }
    keys.remove("expression");
    return keys;
  }

  private static boolean has(Node body, String key) {
    return RouteFile.value(body, key).isPresent();
  }
}
