package dev.serai.checks;

import dev.serai.checks.Endpoints.Use;
import dev.serai.checks.RouteFile.Element;
import dev.serai.checks.RouteFile.Entry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * What routes ask of the broker, what they keep in memory only, and what callers may smuggle in.
 */
final class BrokerCheck {
  private static final Set<String> MEMORY_ONLY = Set.of("seda", "vm", "disruptor", "disruptor-vm");

  /** Steps that reach an endpoint, which headers that begin with Camel steer. */
  private static final Set<String> SENDING =
      Set.of("to", "toD", "wireTap", "enrich", "pollEnrich", "recipientList", "routingSlip");

  private BrokerCheck() {}

  static void check(List<RouteFile> files, Known known, Findings findings) {
    Set<String> outside = new HashSet<>();
    files.forEach(file -> Endpoints.ofRest(file).forEach(use -> outside.add(use.address())));
    for (RouteFile file : files) {
      for (Use use : Endpoints.of(file)) {
        if (use.scheme().equals("spring-rabbitmq") && !use.isDynamic()) {
          checkNames(file, use, known, findings);
        } else if (MEMORY_ONLY.contains(use.scheme())) {
          findings.add(
              file,
              use.at(),
              "memory-only",
              "%s: keeps messages in memory; a restart loses them".formatted(use.scheme()),
              "send to a queue of topology.yaml, or to direct:");
        }
      }
      file.elements().forEach(element -> checkHeaders(file, element, outside, findings));
    }
  }

  private static void checkNames(RouteFile file, Use use, Known known, Findings findings) {
    ScalarNode at = use.parameter("exchangeName").orElse(use.at());
    String exchange = use.rest().isEmpty() ? at.getValue().strip() : use.rest();
    if (!exchange.contains("{{")
        && !exchange.equals("default")
        && !known.exchanges().contains(exchange)) {
      findings.add(
          file,
          at,
          "unknown-exchange",
          "no topology.yaml has the exchange \"%s\"".formatted(exchange),
          Findings.instead(exchange, known.exchanges()));
    }
    use.parameter("queues").ifPresent(queues -> checkQueues(file, queues, known, findings));
  }

  private static void checkQueues(
      RouteFile file, ScalarNode queues, Known known, Findings findings) {
    for (String queue : queues.getValue().split(",")) {
      String name = queue.strip();
      if (!name.contains("{{") && !known.queues().contains(name)) {
        findings.add(
            file,
            queues,
            "unknown-queue",
            "no topology.yaml has the queue \"%s\"".formatted(name),
            Findings.instead(name, known.queues()));
      }
    }
  }

  /** A route that callers reach must drop their Camel headers before it sends anything. */
  private static void checkHeaders(
      RouteFile file, Element element, Set<String> outside, Findings findings) {
    boolean reached =
        RouteFile.value(element.body(), "from")
            .flatMap(from -> RouteFile.text(from, "uri"))
            .filter(uri -> outside.contains(uri.getValue()))
            .isPresent();
    if (!reached) {
      return;
    }
    for (Entry entry : file.entries()) {
      if (entry.element() == element && entry.is("removeHeaders")) {
        return;
      }
      if (entry.element() == element
          && SENDING.contains(entry.key().getValue())
          && !isDirect(entry)) {
        findings.add(
            file,
            entry.key(),
            "headers-kept",
            "a caller's headers that begin with Camel reach this endpoint and steer it",
            "write removeHeaders: with pattern: \"*\" or Camel* before it");
        return;
      }
    }
  }

  private static boolean isDirect(Entry entry) {
    Node target = RouteFile.value(entry.value(), "uri").orElse(entry.value());
    return target instanceof ScalarNode address && address.getValue().startsWith("direct:");
  }
}
