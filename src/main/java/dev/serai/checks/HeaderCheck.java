package dev.serai.checks;

import dev.serai.checks.Endpoints.Use;
import dev.serai.checks.RouteFile.Element;
import dev.serai.checks.RouteFile.Entry;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.support.PatternHelper;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * That headers of callers do not steer endpoints: from each input that strangers reach, through
 * direct:, to the step that removes them.
 */
final class HeaderCheck {
  /** Steps that reach an endpoint, which headers that begin with Camel steer. */
  private static final Set<String> SENDING =
      Set.of("to", "toD", "wireTap", "enrich", "pollEnrich", "recipientList", "routingSlip");

  /** Inputs whose headers Camel itself has set; spring-rabbitmq: removes those of a publisher. */
  private static final Set<String> INSIDE =
      Set.of(
          "controlbus",
          "cron",
          "dataset",
          "dataset-test",
          "direct",
          "disruptor",
          "disruptor-vm",
          "file",
          "file-watch",
          "ftp",
          "ftps",
          "jpa",
          "kamelet",
          "quartz",
          "scheduler",
          "seda",
          "sftp",
          "spring-event",
          "spring-rabbitmq",
          "sql",
          "stream",
          "timer",
          "vm");

  /** Some that a removal must meet, of the beginning that all have. */
  private static final List<String> STEERING =
      List.of("CamelX", "CamelHttpUri", "CamelFileName", "CamelSpringRabbitmqRoutingOverrideKey");

  private record Route(RouteFile file, Element element) {}

  private final Findings findings;
  private final Map<String, Route> inputs = new HashMap<>();
  private final Deque<Route> reached = new ArrayDeque<>();
  private final Set<Element> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private HeaderCheck(Findings findings) {
    this.findings = findings;
  }

  static void check(List<RouteFile> files, Findings findings) {
    HeaderCheck check = new HeaderCheck(findings);
    files.forEach(check::collect);
    files.stream()
        .flatMap(file -> Endpoints.ofRest(file).stream())
        .forEach(use -> check.reach(use.rest()));
    while (!check.reached.isEmpty()) {
      check.follow(check.reached.removeFirst());
    }
  }

  private void collect(RouteFile file) {
    for (Use use : Endpoints.of(file)) {
      if (use.consumed() && !use.scheme().contains("{{")) {
        Route route = new Route(file, use.element());
        if (use.scheme().equals("direct")) {
          inputs.putIfAbsent(use.rest(), route);
        } else if (!INSIDE.contains(use.scheme()) && seen.add(use.element())) {
          reached.add(route);
        }
      }
    }
  }

  private void reach(String address) {
    Route route = inputs.get(address);
    if (route != null && seen.add(route.element())) {
      reached.add(route);
    }
  }

  /** Goes along a route up to the step that removes the headers. */
  private void follow(Route route) {
    Set<Node> options = Endpoints.options(route.file());
    for (Entry entry : route.file().entries()) {
      if (entry.element() != route.element() || options.contains(entry.parent())) {
        continue;
      }
      if (entry.is("removeHeaders") && isRemoval(entry.value())) {
        return;
      }
      if (SENDING.contains(entry.name())) {
        String target = target(entry);
        if (!target.startsWith("direct:")) {
          findings.add(
              route.file(),
              entry.key(),
              "headers-kept",
              "a caller's headers that begin with Camel reach this endpoint and steer it",
              "write removeHeaders: with pattern: \"*\" or Camel* before it");
          return;
        }
        reach(target.substring("direct:".length()));
      }
    }
  }

  private static String target(Entry entry) {
    Node target = RouteFile.value(entry.value(), "uri").orElse(entry.value());
    String address = target instanceof ScalarNode text ? text.getValue().strip() : "";
    return address.equals("direct")
        ? RouteFile.value(entry.value(), "parameters")
            .flatMap(parameters -> RouteFile.text(parameters, "name"))
            .map(name -> "direct:" + name.getValue())
            .orElse(address)
        : address;
  }

  private static boolean isRemoval(Node step) {
    String pattern =
        Stream.concat(
                RouteFile.text(step, "pattern").stream(),
                Stream.of(step).filter(ScalarNode.class::isInstance).map(ScalarNode.class::cast))
            .map(ScalarNode::getValue)
            .findFirst()
            .orElse("");
    String kept = RouteFile.text(step, "excludePattern").map(ScalarNode::getValue).orElse("");
    return STEERING.stream()
        .allMatch(
            header ->
                PatternHelper.matchPattern(header, pattern)
                    && !PatternHelper.matchPattern(header, kept));
  }
}
