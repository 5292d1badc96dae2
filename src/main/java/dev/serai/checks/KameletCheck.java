package dev.serai.checks;

import dev.serai.checks.Endpoints.Use;
import dev.serai.checks.RouteFile.Element;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * That each kamelet and template that is used is in a file: by address, as a step, to make routes;
 * and that none uses itself.
 */
final class KameletCheck {
  /** What a kamelet calls the steps before and after it. */
  private static final Set<String> OWN = Set.of("source", "sink");

  private final Findings findings;
  private final Set<String> known = new TreeSet<>();
  private final Set<String> templates = new TreeSet<>();

  /** What each kamelet uses. */
  private final Map<String, List<String>> next = new HashMap<>();

  private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private KameletCheck(Findings findings) {
    this.findings = findings;
  }

  static void check(List<RouteFile> files, Findings findings) {
    KameletCheck check = new KameletCheck(findings);
    files.forEach(file -> file.elements().forEach(check::collect));
    List<TemplateUse> uses = TemplateUse.of(files);
    for (TemplateUse use : uses) {
      check.check(
          use.file(), use.at(), use.template(), use.isMade() ? check.templates : check.known);
      name(use.element())
          .ifPresent(
              user ->
                  check.next.computeIfAbsent(user, key -> new ArrayList<>()).add(use.template()));
    }
    uses.forEach(check::checkLoop);
    for (RouteFile file : files) { // also those with a query, and those that are computed
      for (Use use : Endpoints.of(file)) {
        if (use.scheme().equals(RouteFile.KAMELET) && !use.isDynamic()) {
          check.check(file, use.at(), use.rest().replaceFirst("/.*", ""), check.known);
        }
      }
    }
  }

  /** The name of a kamelet or template. */
  private static Optional<String> name(Element element) {
    return element.is(RouteFile.KAMELET) || element.is("routeTemplate")
        ? element.name().map(ScalarNode::getValue)
        : Optional.empty();
  }

  /** Camel would make the routes behind each other until its stack is full. */
  private void checkLoop(TemplateUse use) {
    List<String> loop = name(use.element()).map(user -> Loop.from(user, next)).orElse(null);
    if (loop != null && loop.get(loop.size() == 1 ? 0 : 1).equals(use.template())) {
      findings.add(
          use.file(),
          use.at(),
          "endless-loop",
          loop.size() == 1
              ? "kamelet:%s uses itself".formatted(loop.get(0))
              : "kamelet:%s, which uses kamelet:%s"
                  .formatted(String.join(" uses kamelet:", loop), loop.get(0)),
          "end it: write the steps that both need into a kamelet of their own");
    }
  }

  private void collect(Element element) {
    name(element).ifPresent(known::add);
    if (element.is("routeTemplate")) {
      name(element).ifPresent(templates::add);
    }
  }

  private void check(RouteFile file, ScalarNode at, String name, Set<String> meant) {
    if (seen.add(at) && !known.contains(name) && !OWN.contains(name)) {
      findings.add(
          file,
          at,
          "unknown-kamelet",
          (meant == templates
                  ? "there is no template \"%s\""
                  : "there is no kamelet or template \"%s\"")
              .formatted(name),
          Findings.instead(name, meant));
    }
  }
}
