package dev.serai.checks;

import dev.serai.checks.Endpoints.Use;
import dev.serai.checks.RouteFile.Element;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The verbs of rest blocks: each has an id, which decides the port it answers on, and a method and
 * path that no other has.
 */
final class RestCheck {
  private static final String OPERATOR_FOLDER = "shared/operator/";
  private static final String OPERATOR = "shared-operator-";

  /** Inputs that rest blocks are made of; by themselves they take requests away from those. */
  private static final Set<String> DOORS =
      Set.of("platform-http", "rest", "rest-api", "rest-openapi", "servlet");

  private final Findings findings;
  private final Map<String, String> owners = new HashMap<>();

  private RestCheck(Findings findings) {
    this.findings = findings;
  }

  static void check(List<RouteFile> files, Findings findings) {
    RestCheck check = new RestCheck(findings);
    for (RouteFile file : files) {
      file.elements().stream().filter(e -> e.is("rest")).forEach(rest -> check.check(file, rest));
      file.elements().stream()
          .filter(element -> element.is("restConfiguration"))
          .forEach(element -> check.refuse(file, element));
      Endpoints.of(file).stream()
          .filter(use -> use.consumed() && DOORS.contains(use.scheme()))
          .forEach(use -> check.refuse(file, use));
    }
  }

  private void refuse(RouteFile file, Element configuration) {
    findings.add(
        file,
        configuration.kind(),
        "forbidden-option",
        "restConfiguration changes the paths and answers of all packs, also after it is removed",
        "remove it; each rest block has its own path:, consumes: and produces:");
  }

  private void refuse(RouteFile file, Use input) {
    findings.add(
        file,
        input.at(),
        "no-rest-block",
        "%s: takes requests past the rest blocks".formatted(input.scheme()),
        "write a - rest: with its path and to: direct:…, and from: direct:… here");
  }

  private void check(RouteFile file, Element rest) {
    for (String method : WiringReader.VERBS) {
      if (RouteFile.value(rest.body(), method).orElse(null) instanceof SequenceNode verbs) {
        for (Node verb : verbs.getValue()) {
          checkId(file, verb);
          if (RouteFile.value(verb, "to").isEmpty()) {
            findings.add(file, verb, "bad-step", "the request leads nowhere", "write to: direct:…");
          }
          checkPath(file, rest, method.toUpperCase(Locale.ROOT), verb);
        }
      }
    }
  }

  private void checkId(RouteFile file, Node verb) {
    String folder = IdentityCheck.folderId(file);
    Optional<ScalarNode> id = RouteFile.text(verb, "routeId");
    if (id.isEmpty()) {
      findings.add(
          file,
          verb,
          "missing-id",
          "the request has no id, which decides the port it is answered on",
          "write routeId: " + folder + "…");
      return;
    }
    String is = id.get().getValue();
    if (!is.startsWith(folder) || is.startsWith(OPERATOR) != isOperator(file)) {
      findings.add(
          file,
          id.get(),
          "wrong-id",
          "the id is \"%s\"".formatted(is),
          isOperator(file) || !is.startsWith(OPERATOR)
              ? "begin it with " + folder
              : "only files of %s begin it with %s".formatted(OPERATOR_FOLDER, OPERATOR));
    }
  }

  private void checkPath(RouteFile file, Element rest, String method, Node verb) {
    Optional<ScalarNode> own = RouteFile.text(verb, "path");
    String path =
        ("/" + word(rest.text("path")) + "/" + word(own))
            .replaceAll("/+", "/")
            .replaceFirst("(?<=.)/$", "");
    String taken = isOperator(file) + method + path.replaceAll("\\{[^}]*}", "{}");
    String owner = owners.putIfAbsent(taken, file.shown());
    if (owner != null) {
      findings.add(
          file,
          own.map(Node.class::cast).orElse(verb),
          "duplicate-path",
          "%s answers %s %s too".formatted(owner, method, path),
          "write another path or method, or remove one");
    }
  }

  private static String word(Optional<ScalarNode> text) {
    return text.map(ScalarNode::getValue).map(String::strip).orElse("");
  }

  private static boolean isOperator(RouteFile file) {
    return file.path().startsWith(OPERATOR_FOLDER);
  }
}
