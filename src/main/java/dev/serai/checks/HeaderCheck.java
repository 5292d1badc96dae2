package dev.serai.checks;

import dev.serai.checks.Endpoints.Use;
import dev.serai.checks.RouteFile.Element;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * That headers of callers do not steer endpoints: from each input that strangers reach, through
 * direct:, to the step that removes them.
 */
final class HeaderCheck {
  /** Steps that reach an endpoint, which headers that begin with Camel steer. */
  private static final Set<String> SENDING =
      Set.of(
          "to",
          "toD",
          "wireTap",
          "dynamicRouter",
          "enrich",
          "kamelet",
          "poll",
          "pollEnrich",
          "recipientList",
          "routingSlip");

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
          "ordered",
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

  /** Not steps, but what stands beside them. */
  private static final Set<String> OPTIONS = Set.of("parameters", "properties", "uri");

  /** What every message passes that comes to it. */
  private static final Set<String> ALWAYS = Set.of("steps", "step", "pipeline", "saga", "policy");

  /** Endpoints that no header changes. */
  private static final Set<String> UNSTEERED = Set.of("log", "mock");

  /**
   * A route that strangers reach.
   *
   * @param way by which, for the message; empty when it is its own input
   */
  private record Route(RouteFile file, Element element, String way) {}

  private final Findings findings;
  private final Map<String, Route> inputs = new HashMap<>();

  /** Those that remove the headers themselves, before they do anything. */
  private final Set<String> removing = new HashSet<>();

  private final Deque<Route> reached = new ArrayDeque<>();
  private final Set<Element> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private HeaderCheck(Findings findings) {
    this.findings = findings;
  }

  static void check(List<RouteFile> files, Findings findings) {
    HeaderCheck check = new HeaderCheck(findings);
    files.forEach(check::collect);
    files.stream()
        .forEach(
            file ->
                Endpoints.ofRest(file)
                    .forEach(use -> check.reach(use.rest(), " from " + file.shown())));
    while (!check.reached.isEmpty()) {
      check.follow(check.reached.removeFirst());
    }
  }

  private void collect(RouteFile file) {
    file.elements().stream()
        .filter(element -> element.is(RouteFile.KAMELET) || element.is("routeTemplate"))
        .filter(HeaderRemoval::isFirstOf)
        .forEach(kamelet -> kamelet.name().ifPresent(name -> removing.add(name.getValue())));
    for (Use use : Endpoints.of(file)) {
      if (use.consumed() && !use.scheme().contains("{{")) {
        Route route = new Route(file, use.element(), "");
        if (use.scheme().equals("direct")) {
          inputs.putIfAbsent(use.rest(), route);
        } else if (!INSIDE.contains(use.scheme()) && seen.add(use.element())) {
          reached.add(route);
        }
      }
    }
  }

  private void reach(String address, String way) {
    Route route = inputs.get(address);
    if (route != null && seen.add(route.element())) {
      String shown = way.endsWith(route.file().shown()) ? "" : way;
      reached.add(new Route(route.file(), route.element(), shown));
    }
  }

  /** Goes along a route, on each way up to the step that removes the headers. */
  private void follow(Route route) {
    removes(route, route.element().flow());
  }

  /** Whether no message has a caller's headers after these steps, or anything below a step. */
  private boolean removes(Route route, Node node) {
    if (node instanceof SequenceNode list) {
      return list.getValue().stream().anyMatch(step -> removes(route, step));
    }
    boolean all = false;
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key && !OPTIONS.contains(key.getValue())) {
          all |= removes(route, key, tuple.getValueNode());
        }
      }
    }
    return all;
  }

  private boolean removes(Route route, ScalarNode key, Node value) {
    String step = key.getValue();
    if (removing.contains(TemplateUse.called(step, value))) {
      return true;
    }
    if (SENDING.contains(step)) {
      List<Use> targets = targets(route, step, value);
      if (!targets.isEmpty() && targets.stream().allMatch(HeaderCheck::isUnsteered)) {
        targets.stream()
            .filter(target -> target.scheme().equals("direct"))
            .forEach(target -> reach(target.rest(), route.way()));
        return false;
      }
      findings.add(
          route.file(),
          key,
          "headers-kept",
          "a caller's headers that begin with Camel reach this endpoint%s and steer it"
              .formatted(route.way()),
          "write removeHeaders: with pattern: \"*\" or Camel* before it");
      return true; // said once
    }
    return switch (step) {
      case "removeHeaders" -> HeaderRemoval.isOfAll(value);
      case "stop", "throwException" -> true;
      case "choice" -> removesInEach(route, value, "when", "otherwise");
      case "doTry" -> removesInEach(route, value, "doCatch", "steps");
      default -> removes(route, value) && ALWAYS.contains(step);
    };
  }

  /** Whether all of some ways remove them and the one that is passed otherwise, or a last step. */
  private boolean removesInEach(Route route, Node step, String ways, String otherwise) {
    boolean each = RouteFile.value(step, otherwise).isPresent();
    boolean atLast = false;
    if (step instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        String name = tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
        Node value = tuple.getValueNode();
        if (name.equals(ways) && value instanceof SequenceNode list) {
          for (Node way : list.getValue()) {
            each &= removes(route, way);
          }
        } else if (name.equals(otherwise)) {
          each &= removes(route, value);
        } else {
          atLast |= removes(route, value);
        }
      }
    }
    return each || atLast;
  }

  private static List<Use> targets(Route route, String step, Node value) {
    return Endpoints.COMPUTED.contains(step)
        ? Endpoints.computed(route.element(), step, value)
        : Endpoints.target(route.element(), value).stream().toList();
  }

  /** Whether its steps are looked at in its own route, or no header changes it. */
  private static boolean isUnsteered(Use use) {
    boolean isChosenByCaller = use.rest().contains("${");
    return use.scheme().equals("direct") && !isChosenByCaller || UNSTEERED.contains(use.scheme());
  }
}
