package dev.serai.checks;

import dev.serai.checks.Endpoints.Use;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** What routes ask of the broker, and what they keep in memory only. */
final class BrokerCheck {
  private static final Set<String> MEMORY_ONLY = Set.of("seda", "vm", "disruptor", "disruptor-vm");

  private BrokerCheck() {}

  static void check(List<RouteFile> files, Known known, Findings findings) {
    for (RouteFile file : files) {
      for (Use use : Endpoints.of(file)) {
        if (use.scheme().equals("spring-rabbitmq")) {
          BrokerOptions.check(file, use, known, findings);
          if (!use.isDynamic()) {
            checkNames(file, use, known, findings);
          }
        } else if (use.scheme().equals("ordered") && !use.isDynamic()) {
          checkOrdered(file, use, known, findings);
        } else if (MEMORY_ONLY.contains(use.scheme())) {
          findings.add(
              file,
              use.at(),
              "memory-only",
              "%s: keeps messages in memory; a restart loses them".formatted(use.scheme()),
              "send to a queue of topology.yaml, or to direct:");
        }
      }
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
    use.parameter("queues")
        .ifPresentOrElse(
            queues -> checkQueues(file, queues, known, findings),
            () -> {
              if (use.consumed()) {
                findings.add(
                    file,
                    use.at(),
                    "unknown-queue",
                    "the input names no queue",
                    "write parameters: with queues: and one of topology.yaml");
              }
            });
  }

  private static void checkOrdered(RouteFile file, Use use, Known known, Findings findings) {
    ScalarNode at = use.parameter("queue").orElse(use.at());
    String queue = use.rest().isEmpty() ? known.filled(at.getValue()).strip() : use.rest();
    if (!known.queues().contains(queue)) {
      findings.add(
          file,
          at,
          "unknown-queue",
          "no topology.yaml has the queue \"%s\"".formatted(queue),
          Findings.instead(queue, known.partitioned()));
    } else if (!known.partitioned().contains(queue)) {
      findings.add(
          file,
          at,
          "no-partitions",
          "\"%s\" has no partitions, so there is no order per key".formatted(queue),
          "add partitions: to it in topology.yaml, or consume it with spring-rabbitmq:");
    }
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
      } else if (known.partitioned().contains(name)) {
        findings.add(
            file,
            queues,
            "no-order",
            "\"%s\" has partitions, and its messages are in those".formatted(name),
            "write uri: ordered with the parameter queue: %s".formatted(name));
      }
    }
  }
}
