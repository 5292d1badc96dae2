package dev.serai.checks;

import dev.serai.checks.Endpoints.Use;
import dev.serai.checks.RouteFile.Element;
import dev.serai.checks.RouteFile.Entry;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** That a policy which sends messages back to the broker is named where they come from it. */
final class QueuePolicyCheck {
  /** Inputs that make messages of their own, so that none of a queue is at hand. */
  private static final Set<String> MAKING =
      Set.of("cron", "file", "ftp", "ftps", "jpa", "quartz", "scheduler", "sftp", "sql", "timer");

  /** With these a route may still get one from a queue. */
  private static final Set<String> FETCHING = Set.of("poll", "pollEnrich");

  private final Findings findings;
  private final Set<String> policies;

  private QueuePolicyCheck(Findings findings, Set<String> policies) {
    this.findings = findings;
    this.policies = policies;
  }

  static void check(List<RouteFile> files, Findings findings) {
    Set<String> planning =
        files.stream().flatMap(file -> planning(file).stream()).collect(Collectors.toSet());
    Set<String> policies = new HashSet<>();
    for (RouteFile file : files) {
      for (Entry entry : file.entries()) {
        if (entry.is("deadLetterUri")
            && entry.element().is("routeConfiguration")
            && entry.value() instanceof ScalarNode target
            && planning.contains(target.getValue().strip())) {
          entry.element().name().map(ScalarNode::getValue).ifPresent(policies::add);
        }
      }
    }
    QueuePolicyCheck check = new QueuePolicyCheck(findings, policies);
    files.forEach(check::check);
  }

  /** The addresses of blocks that ask first of all where a message goes now. */
  private static Set<String> planning(RouteFile file) {
    return Endpoints.of(file).stream()
        .filter(use -> use.consumed() && use.scheme().equals("direct"))
        .filter(use -> Steps.first(use.element()).filter(QueuePolicyCheck::plans).isPresent())
        .map(use -> "direct:" + use.rest())
        .collect(Collectors.toSet());
  }

  private static boolean plans(Node step) {
    Optional<Node> bean = RouteFile.value(step, "bean");
    return bean.flatMap(call -> RouteFile.text(call, "ref"))
            .filter(ref -> ref.getValue().equals("delivery"))
            .isPresent()
        && bean.flatMap(call -> RouteFile.text(call, "method"))
            .filter(method -> method.getValue().startsWith("plan"))
            .isPresent();
  }

  private void check(RouteFile file) {
    for (Use use : Endpoints.of(file)) {
      Element route = use.element();
      Optional<ScalarNode> policy = route.text("routeConfigurationId");
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
}
