package dev.serai.checks;

import dev.serai.checks.Endpoints.Use;
import dev.serai.checks.RouteFile.Element;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * That each kamelet and template that is used is in a file: by address, as a step, to make routes.
 */
final class KameletCheck {
  /** What a kamelet calls the steps before and after it. */
  private static final Set<String> OWN = Set.of("source", "sink");

  private final Findings findings;
  private final Set<String> known = new TreeSet<>();
  private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private KameletCheck(Findings findings) {
    this.findings = findings;
  }

  static void check(List<RouteFile> files, Findings findings) {
    KameletCheck check = new KameletCheck(findings);
    files.forEach(file -> file.elements().forEach(check::collect));
    for (RouteFile file : files) {
      for (Use use : Endpoints.of(file)) {
        if (use.scheme().equals(RouteFile.KAMELET) && !use.isDynamic()) {
          check.check(file, use.at(), use.rest().replaceFirst("/.*", ""));
        }
      }
    }
    for (TemplateUse use : TemplateUse.of(files)) {
      check.check(use.file(), use.at(), use.template());
    }
  }

  private void collect(Element element) {
    if (element.is(RouteFile.KAMELET) || element.is("routeTemplate")) {
      element.name().map(ScalarNode::getValue).ifPresent(known::add);
    }
  }

  private void check(RouteFile file, ScalarNode at, String name) {
    if (seen.add(at) && !known.contains(name) && !OWN.contains(name)) {
      findings.add(
          file,
          at,
          "unknown-kamelet",
          "there is no kamelet or template \"%s\"".formatted(name),
          Findings.instead(name, known));
    }
  }
}
