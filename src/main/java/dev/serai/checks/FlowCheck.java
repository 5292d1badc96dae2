package dev.serai.checks;

import dev.serai.checks.Endpoints.Use;
import dev.serai.checks.RouteFile.Element;
import dev.serai.topology.Closest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Where direct: leads: to a route, to one only, and not back to where it came from. */
final class FlowCheck {
  /** What below these is not passed by every message. */
  private static final Set<String> CONDITIONAL =
      Set.of(
          "aggregate",
          "choice",
          "doCatch",
          "filter",
          "idempotentConsumer",
          "intercept",
          "interceptFrom",
          "interceptSendToEndpoint",
          "loop",
          "onCompletion",
          "onException",
          "onFallback",
          "resequence",
          "sample",
          "split");

  private static final String ANY = "\\\\E.+\\\\Q"; // as a replacement

  private final Findings findings;
  private final Map<String, RouteFile> owners = new HashMap<>();
  private final Map<String, ScalarNode> inputs = new LinkedHashMap<>();
  private final Map<String, List<String>> next = new HashMap<>();

  /** Of the routes that are made of templates; with parameters that nothing fills. */
  private final Set<String> made = new LinkedHashSet<>();

  private FlowCheck(Findings findings) {
    this.findings = findings;
  }

  static void check(List<RouteFile> files, Findings findings) {
    FlowCheck check = new FlowCheck(findings);
    files.forEach(check::collect);
    check.collectMade(files);
    files.forEach(check::checkTargets);
    check.checkLoops();
  }

  private void collect(RouteFile file) {
    Map<Element, String> input = new HashMap<>();
    for (Use use : Endpoints.of(file)) {
      if (use.consumed() && use.scheme().equals("direct")) {
        input.put(use.element(), use.rest());
        RouteFile owner = owners.putIfAbsent(use.rest(), file);
        if (owner != null) {
          findings.add(
              file,
              use.at(),
              "duplicate-direct",
              "%s takes direct:%s too".formatted(owner.shown(), use.rest()),
              "give one another name");
        }
        inputs.putIfAbsent(use.rest(), use.at());
      }
    }
    Set<Node> conditional = Endpoints.below(file, CONDITIONAL);
    for (Use use : Endpoints.of(file)) {
      String from = input.get(use.element());
      if (from != null && isDirectTarget(use) && !conditional.contains(use.at())) {
        next.computeIfAbsent(from, name -> new ArrayList<>()).add(use.rest());
      }
    }
  }

  private void collectMade(List<RouteFile> files) {
    new WiringReader(files)
        .parts().stream()
            .flatMap(part -> part.from().stream())
            .filter(from -> from.scheme().equals("direct"))
            .forEach(from -> made.add(from.name()));
  }

  private boolean isTaken(String name) {
    return inputs.containsKey(name)
        || made.contains(name)
        || made.stream()
            .filter(input -> input.contains("{{"))
            .anyMatch(
                input -> name.matches(("\\Q" + input).replaceAll("\\{\\{.*?}}", ANY) + "\\E"));
  }

  private static boolean isDirectTarget(Use use) {
    return !use.consumed() && use.scheme().equals("direct") && !use.isDynamic();
  }

  private void checkTargets(RouteFile file) {
    List<Use> uses = new ArrayList<>(Endpoints.of(file));
    uses.addAll(Endpoints.ofRest(file));
    for (Use use : uses) {
      if (isDirectTarget(use) && !isTaken(use.rest())) {
        findings.add(
            file,
            use.at(),
            "unreachable-direct",
            "no route takes direct:" + use.rest(),
            Closest.to(use.rest(), made)
                .map(closest -> "write direct:" + closest)
                .orElse("add a route from: direct:" + use.rest()));
      }
    }
  }

  private void checkLoops() {
    Set<String> reported = new HashSet<>();
    for (String start : inputs.keySet()) {
      List<String> loop = Loop.from(start, next);
      if (loop != null && reported.stream().noneMatch(loop::contains)) {
        reported.addAll(loop);
        RouteFile file = owners.get(start);
        ScalarNode at = inputs.get(start);
        if (file != null && at != null) {
          findings.add(
              file,
              at,
              "endless-loop",
              "direct:" + String.join(" leads to direct:", loop) + " leads back",
              "end it: send to a queue, or stop");
        }
      }
    }
  }
}
