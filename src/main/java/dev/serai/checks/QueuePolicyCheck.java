package dev.serai.checks;

import dev.serai.checks.Endpoints.Use;
import dev.serai.checks.RouteFile.Element;
import dev.serai.checks.RouteFile.Entry;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * That a policy which sends messages back to the broker is named where they come from it, and one
 * that keeps their order where there is one.
 */
final class QueuePolicyCheck {
  /** Inputs that make messages of their own, so that none of a queue is at hand. */
  private static final Set<String> MAKING =
      Set.of("cron", "file", "ftp", "ftps", "jpa", "quartz", "scheduler", "sftp", "sql", "timer");

  /** With these a route may still get one from a queue. */
  private static final Set<String> FETCHING = Set.of("poll", "pollEnrich");

  private final Findings findings;
  private final Set<String> policies;
  private final Set<String> ordered;
  private final Set<String> unordered;

  private QueuePolicyCheck(
      Findings findings, Set<String> policies, Set<String> ordered, Set<String> unordered) {
    this.findings = findings;
    this.policies = policies;
    this.ordered = ordered;
    this.unordered = unordered;
  }

  static void check(List<RouteFile> files, Findings findings) {
    QueuePolicyCheck check =
        new QueuePolicyCheck(
            findings,
            policies(files, (file, block) -> plans(block, "plan")),
            policies(files, QueuePolicyCheck::waits),
            policies(files, (file, block) -> plans(block, "planRetry") && !waits(file, block)));
    files.forEach(check::check);
  }

  /** The policies that leave a failed message to some block. */
  private static Set<String> policies(
      List<RouteFile> files, BiPredicate<RouteFile, Element> wanted) {
    Set<String> blocks =
        files.stream().flatMap(file -> blocks(file, wanted).stream()).collect(Collectors.toSet());
    Set<String> policies = new HashSet<>();
    for (RouteFile file : files) {
      for (Entry entry : file.entries()) {
        if (entry.is("deadLetterUri")
            && entry.element().is("routeConfiguration")
            && entry.value() instanceof ScalarNode target
            && blocks.contains(target.getValue().strip())) {
          entry.element().name().map(ScalarNode::getValue).ifPresent(policies::add);
        }
      }
    }
    return policies;
  }

  private static Set<String> blocks(RouteFile file, BiPredicate<RouteFile, Element> wanted) {
    return Endpoints.of(file).stream()
        .filter(use -> use.consumed() && use.scheme().equals("direct"))
        .filter(use -> wanted.test(file, use.element()))
        .map(use -> "direct:" + use.rest())
        .collect(Collectors.toSet());
  }

  /** Whether a block asks first of all where a message goes now. */
  private static boolean plans(Element block, String how) {
    Optional<Node> bean = Steps.first(block).flatMap(step -> RouteFile.value(step, "bean"));
    return bean.flatMap(call -> RouteFile.text(call, "ref"))
            .filter(ref -> ref.getValue().equals("delivery"))
            .isPresent()
        && bean.flatMap(call -> RouteFile.text(call, "method"))
            .filter(method -> method.getValue().startsWith(how))
            .isPresent();
  }

  /** Whether a block lets the consumer keep a message. */
  private static boolean waits(RouteFile file, Element block) {
    return file.entries().stream()
        .anyMatch(
            entry ->
                entry.element() == block
                    && entry.is("method")
                    && entry.value() instanceof ScalarNode method
                    && method.getValue().equals("waitInOrder"));
  }

  private void check(RouteFile file) {
    for (Use use : Endpoints.of(file)) {
      Element route = use.element();
      Optional<ScalarNode> policy = route.text("routeConfigurationId");
      if (use.consumed() && route.is("route")) {
        policy.ifPresent(name -> checkOrder(file, use, name));
      }
      if (use.consumed()
          && route.is("route")
          && MAKING.contains(use.scheme())
          && policy.filter(name -> policies.contains(name.getValue())).isPresent()
          && file.entries().stream()
              .noneMatch(e -> e.element() == route && FETCHING.contains(e.name()))) {
        findings.add(
            file,
            policy.get(),
            "no-message",
            "\"%s\" sends a failed message back to its queue, and %s: has none"
                .formatted(policy.get().getValue(), use.scheme()),
            "write leave-to-caller, or let this route send to a queue and name the policy there");
      }
    }
  }

  private void checkOrder(RouteFile file, Use use, ScalarNode policy) {
    String name = policy.getValue();
    if (use.scheme().equals("ordered") && unordered.contains(name)) {
      findings.add(
          file,
          policy,
          "no-order",
          "\"%s\" sends a failed message behind later ones of its key".formatted(name),
          "write retry-in-order-then-park or park-at-once");
    } else if (use.scheme().equals("spring-rabbitmq") && ordered.contains(name)) {
      findings.add(
          file,
          policy,
          "no-order",
          "\"%s\" is for routes that begin with ordered:".formatted(name),
          "write retry-then-park");
    }
  }
}
