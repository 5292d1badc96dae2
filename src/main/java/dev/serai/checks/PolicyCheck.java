package dev.serai.checks;

import dev.serai.checks.RouteFile.Element;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.support.PatternHelper;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** That each route, and each that a template will make, has a policy that exists and applies. */
final class PolicyCheck {
  private static final Pattern KEY = Pattern.compile("\\{\\{\\s*([A-Za-z][^}:?]*?)\\s*(:[^}]*)?}}");

  private final Findings findings;
  private final Known known;
  private final Set<String> policies;
  private final List<TemplateUse> uses;

  private PolicyCheck(List<RouteFile> files, Known known, Findings findings) {
    this.findings = findings;
    this.known = known;
    this.uses = TemplateUse.of(files);
    this.policies =
        files.stream()
            .flatMap(file -> file.elements().stream())
            .filter(element -> element.is("routeConfiguration"))
            .flatMap(element -> element.text("id").stream())
            .map(ScalarNode::getValue)
            .collect(Collectors.toSet());
  }

  static void check(List<RouteFile> files, Known known, Findings findings) {
    PolicyCheck check = new PolicyCheck(files, known, findings);
    for (RouteFile file : files) {
      file.elements().forEach(element -> check.check(file, element));
      if (file.elements().stream().anyMatch(PolicyCheck::hasPolicy)) {
        file.elements().stream()
            .filter(element -> element.is("errorHandler"))
            .forEach(element -> check.refuse(file, element.kind()));
      }
    }
  }

  private static boolean hasPolicy(Element element) {
    return element.is("route") || element.is("routeTemplate");
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
    } else if (policy.get() instanceof ScalarNode names) {
      Matcher key = KEY.matcher(names.getValue());
      if (!names.getValue().contains("{{")) {
        checkNames(file, names, names.getValue());
      } else if (element.is("routeTemplate") && key.matches()) {
        checkFilled(file, element, names, key.group(1));
      } else {
        findings.add(
            file,
            names,
            "unknown-policy",
            "asks for \"%s\", and Camel fills in no value here: failures would be lost"
                .formatted(names.getValue()),
            Findings.instead(names.getValue(), policies));
      }
    }
    for (String own : List.of("errorHandler", "errorHandlerRef")) {
      key(route, own).ifPresent(at -> refuse(file, at));
    }
  }

  /** A template's policy may be a parameter or a value; both are filled in when it is used. */
  private void checkFilled(RouteFile file, Element template, ScalarNode names, String key) {
    if (!Template.parameters(template).containsKey(key)) {
      checkNames(file, names, known.filled(names.getValue()));
      return;
    }
    Template.defaultValue(template, key)
        .ifPresent(text -> checkNames(file, text, known.filled(text.getValue())));
    String id = template.name().map(ScalarNode::getValue).orElse("");
    for (TemplateUse use : uses) {
      if (use.template().equals(id)
          && use.given(key).map(TemplateUse.Parameter::value).orElse(null)
              instanceof ScalarNode text) {
        checkNames(use.file(), text, known.filled(text.getValue()));
      }
    }
  }

  /**
   * Looks for each.
   *
   * @param at where they are written, or the key of a value that holds them
   */
  private void checkNames(RouteFile file, ScalarNode at, String names) {
    for (String name : names.split(",", -1)) {
      if (!name.contains("{{") && !isKnown(name)) {
        findings.add(
            file,
            at,
            "unknown-policy",
            at.getValue().contains("{{")
                ? "asks for \"%s\", whose value is no policy: failures would be lost"
                    .formatted(at.getValue())
                : "asks for \"%s\", which no file has: failures would be lost"
                    .formatted(name.strip()),
            isKnown(name.strip())
                ? "remove the blanks beside it, which Camel takes as a part of it"
                : Findings.instead(name.strip(), policies));
      }
    }
  }

  private boolean isKnown(String name) {
    return policies.stream().anyMatch(id -> PatternHelper.matchPattern(id, name));
  }

  private void refuse(RouteFile file, Node at) {
    findings.add(
        file,
        at,
        "forbidden-option",
        "this takes the place of the policy: what it does with a failure is not done",
        "remove it, or write it into a policy of its own");
  }

  private static Optional<Node> key(Node mapping, String name) {
    return mapping instanceof MappingNode keys
        ? keys.getValue().stream()
            .map(NodeTuple::getKeyNode)
            .filter(key -> key instanceof ScalarNode word && word.getValue().equals(name))
            .findFirst()
        : Optional.empty();
  }
}
