package dev.serai.checks;

import dev.serai.checks.RouteFile.Element;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.support.PatternHelper;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** That each route, and each that a template will make, has a policy that exists. */
final class PolicyCheck {
  private final Findings findings;
  private final Set<String> policies;

  private PolicyCheck(Findings findings, Set<String> policies) {
    this.findings = findings;
    this.policies = policies;
  }

  static void check(List<RouteFile> files, Findings findings) {
    Set<String> policies =
        files.stream()
            .flatMap(file -> file.elements().stream())
            .filter(element -> element.is("routeConfiguration"))
            .flatMap(element -> element.text("id").stream())
            .map(ScalarNode::getValue)
            .collect(Collectors.toSet());
    PolicyCheck check = new PolicyCheck(findings, policies);
    files.forEach(file -> file.elements().forEach(element -> check.check(file, element)));
  }

  private void check(RouteFile file, Element element) {
    if (element.is("route")) {
      check(file, element, element.body(), "write routeConfigurationId: with one of ");
    } else if (element.is("routeTemplate")) {
      check(
          file,
          element,
          RouteFile.value(element.body(), "route").orElse(element.body()),
          "write route: around from:, and in it routeConfigurationId: with one of ");
    }
  }

  private void check(RouteFile file, Element element, Node route, String remedy) {
    Optional<Node> policy = RouteFile.value(route, "routeConfigurationId");
    if (policy.isEmpty()) {
      findings.add(
          file,
          element.kind(),
          "missing-policy",
          "the %s says nothing about failures: they would be lost"
              .formatted(element.kind().getValue()),
          remedy + String.join(", ", new TreeSet<>(policies)));
    } else if (policy.get() instanceof ScalarNode names && !names.getValue().contains("{{")) {
      for (String name : names.getValue().split(",", -1)) {
        if (policies.stream().noneMatch(id -> PatternHelper.matchPattern(id, name.strip()))) {
          findings.add(
              file,
              names,
              "unknown-policy",
              "asks for \"%s\", which no file has: failures would be lost".formatted(name.strip()),
              Findings.instead(name.strip(), policies));
        }
      }
    }
  }
}
