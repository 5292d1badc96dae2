package dev.serai.checks;

import dev.serai.checks.RouteFile.Element;
import dev.serai.files.RouteFolder;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Names and descriptions of routes. */
final class IdentityCheck {
  /** Folders of shared that sort files but are not part of their ids. */
  private static final Set<String> SORTING = Set.of("blocks", "policies");

  private final Findings findings;
  private final Map<String, String> owners = new HashMap<>();

  private IdentityCheck(Findings findings) {
    this.findings = findings;
  }

  static void check(List<RouteFile> files, Findings findings) {
    IdentityCheck check = new IdentityCheck(findings);
    files.forEach(file -> file.elements().forEach(element -> check.check(file, element)));
  }

  private void check(RouteFile file, Element element) {
    switch (element.kind().getValue()) {
      case "route" -> {
        if (RouteFile.value(element.body(), "from").isEmpty()) {
          findings.add(
              file, element.kind(), "bad-step", "the route has no from:", "write where it begins");
        }
        checkRouteId(file, element);
        checkDescription(file, element);
      }
      case "templatedRoute" -> checkMade(file, element);
      case "rest" -> WiringReader.verbs(element).forEach(verb -> checkVerb(file, verb));
      case "routeConfiguration" -> {
        checkId(file, element, lastPart(file));
        checkDescription(file, element);
      }
      case RouteFile.KAMELET -> {
        checkId(file, element, expectedId(file));
        if (element
            .at("spec", "definition")
            .flatMap(d -> RouteFile.text(d, "description"))
            .isEmpty()) {
          missingDescription(file, element);
        }
      }
      case "from" ->
          findings.add(
              file,
              element.kind(),
              "missing-id",
              "a route that begins with from: has no id and no policy",
              "write - route: with id, description, routeConfigurationId and from");
      default -> {
        // Camel's own reader has looked at the others
      }
    }
  }

  /** Several routes of a file, or those beside a rest block, have names of their own. */
  private void checkRouteId(RouteFile file, Element element) {
    List<String> kinds = file.elements().stream().map(e -> e.kind().getValue()).toList();
    boolean several = kinds.contains("rest") || Collections.frequency(kinds, "route") > 1;
    String expected = expectedId(file);
    if (!several) {
      checkId(file, element, expected);
    } else {
      String pack = file.path().replaceFirst("/.*", "-");
      Optional<ScalarNode> id = element.text("id");
      if (id.isPresent() && !id.get().getValue().startsWith(pack)) {
        findings.add(
            file,
            id.get(),
            "wrong-id",
            "the id \"%s\" does not name its pack".formatted(id.get().getValue()),
            "begin it with " + pack);
        checkUnique(file, id.get());
      } else {
        checkId(file, element, null);
      }
    }
  }

  /** A route that is made of a template. */
  private void checkMade(RouteFile file, Element element) {
    element
        .text("routeId")
        .ifPresentOrElse(
            id -> {
              if (!id.getValue().startsWith(folderId(file))) {
                findings.add(
                    file,
                    id,
                    "wrong-id",
                    "the id is \"%s\"".formatted(id.getValue()),
                    "begin it with " + folderId(file));
              }
              checkUnique(file, id);
            },
            () ->
                findings.add(
                    file,
                    element.kind(),
                    "missing-id",
                    "the templatedRoute has no id",
                    "write routeId: " + folderId(file) + "…"));
  }

  /** Camel makes a route of it, in the place of one that has its id. */
  private void checkVerb(RouteFile file, Node verb) {
    RouteFile.text(verb, "routeId").ifPresent(id -> checkUnique(file, id));
  }

  private void checkId(RouteFile file, Element element, @Nullable String expected) {
    Optional<ScalarNode> id = element.name();
    if (id.isEmpty()) {
      findings.add(
          file,
          element.kind(),
          "missing-id",
          "the " + element.kind().getValue() + " has no id",
          "write id: " + (expected == null ? expectedId(file) : expected));
      return;
    }
    String is = id.get().getValue();
    if (expected != null && !is.equals(expected)) {
      findings.add(
          file,
          id.get(),
          "wrong-id",
          "the id is \"%s\"".formatted(is),
          "write " + expected + ", the path of the file");
    }
    checkUnique(file, id.get());
  }

  private void checkUnique(RouteFile file, ScalarNode id) {
    String owner = owners.putIfAbsent(id.getValue(), file.shown());
    if (owner != null) {
      findings.add(
          file,
          id,
          "duplicate-id",
          "%s has the id \"%s\" too".formatted(owner, id.getValue()),
          "rename one");
    }
  }

  private void checkDescription(RouteFile file, Element element) {
    if (element.text("description").filter(d -> !d.getValue().isBlank()).isEmpty()) {
      missingDescription(file, element);
    }
  }

  private void missingDescription(RouteFile file, Element element) {
    findings.add(
        file,
        element.kind(),
        "missing-description",
        "the " + element.kind().getValue() + " has no description",
        "write description: with what goes in, what comes out and what a failure means");
  }

  /** What the ids of a folder begin with: {@code debias-}. */
  static String folderId(RouteFile file) {
    String id = expectedId(file);
    return id.substring(0, id.length() - lastPart(file).length());
  }

  /**
   * {@code debias-store-event} of {@code debias/store-event.camel.yaml} or {@code StoreEvent.java}.
   */
  private static String expectedId(RouteFile file) {
    String[] parts = file.path().split("/");
    StringBuilder id = new StringBuilder();
    for (int i = 0; i < parts.length - 1; i++) {
      if (!SORTING.contains(parts[i])) {
        id.append(parts[i]).append('-');
      }
    }
    return id.append(lastPart(file)).toString();
  }

  private static String lastPart(RouteFile file) {
    return RouteFolder.nameOf(file.path()).replaceFirst(".*/", "");
  }
}
