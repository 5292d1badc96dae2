package dev.serai.checks;

import com.jayway.jsonpath.JsonPath;
import dev.serai.checks.RouteFile.Entry;
import dev.serai.files.BadRouteFile;
import dev.serai.files.RouteFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Language;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Steps, their keys and their expressions, by Camel's own reader in a context that never starts.
 * Nothing of a file is run: what would make beans is kept from Camel.
 */
final class StructureCheck implements AutoCloseable {
  private static final Set<String> CONDITIONS =
      Set.of(
          "filter",
          "when",
          "validate",
          "onWhen",
          "handled",
          "continued",
          "retryWhile",
          "completionPredicate");

  /** Of a templatedRoute; ParameterCheck and KameletCheck say it with the place. */
  private static final Pattern OF_TEMPLATES =
      Pattern.compile("mandatory parameters must be provided|Cannot find RouteTemplate with id");

  private final DefaultCamelContext camel = new DefaultCamelContext(false);

  StructureCheck(Known known) {
    camel.disableJMX();
    camel.setPropertiesComponent(KeysForValues.of(known));
    camel.getRegistry().bind("bean", Language.class, new UnmadeBeans());
    camel.build();
    camel.getRestConfiguration().setInlineRoutes(false); // as in the context that runs
  }

  void check(RouteFile file, String text, Findings findings) {
    if (file.path().endsWith(RouteFolder.JAVA) || isKnown(file, text, findings)) {
      Set<Node> conditions = conditions(file);
      Set<Node> options = Endpoints.options(file);
      for (Entry entry : file.entries()) {
        if (!options.contains(entry.parent())) {
          checkExpression(file, entry, conditions, findings);
        }
      }
    }
  }

  private boolean isKnown(RouteFile file, String text, Findings findings) {
    try {
      PluginHelper.getRoutesLoader(camel)
          .loadRoutes(
              ResourceHelper.fromBytes(
                  "file:" + file.path(), WithoutBeans.of(text).getBytes(StandardCharsets.UTF_8)));
    } catch (Exception e) {
      if (OF_TEMPLATES.matcher(String.valueOf(e.getMessage())).find()) {
        return true;
      }
      BadRouteFile bad = BadRouteFile.of(Path.of(file.shown()), e);
      Optional<UnreadStep> unread = bad.line() < 1 ? UnreadStep.in(file) : Optional.empty();
      if (unread.isPresent()) {
        UnreadStep step = unread.get();
        findings.add(file, step.at(), "bad-step", step.wrong(), step.remedy());
        return false;
      }
      if (bad.line() < 1) {
        bad = BadRouteFile.of(bad.file(), innermost(e));
      }
      boolean isSilent = bad.wrong().equals("null");
      findings
          .problems()
          .add(
              new RouteProblem(
                  "bad-step",
                  file.shown(),
                  Math.max(1, bad.line()),
                  Math.max(1, bad.column()),
                  isSilent ? "Camel cannot read it and does not say where" : bad.wrong(),
                  isSilent ? "look for a step whose keys do not stand below it" : bad.remedy()));
      return false;
    }
    return true;
  }

  private void checkExpression(
      RouteFile file, Entry entry, Set<Node> conditions, Findings findings) {
    Node written =
        switch (entry.name()) {
          case "simple", "jsonpath", "xpath" ->
              RouteFile.value(entry.value(), "expression").orElse(entry.value());
          case "log" -> RouteFile.value(entry.value(), "message").orElse(entry.value());
          case "toD" -> RouteFile.value(entry.value(), "uri").orElse(entry.value());
          default -> entry.parent();
        };
    if (!(written instanceof ScalarNode text)
        || text.getValue().contains("{{")
        || text.getValue().startsWith("language:")
        || text.getValue().startsWith("resource:")) { // Camel would read it at once
      return;
    }
    try {
      if (entry.is("jsonpath")) {
        checkPath(text.getValue());
      } else if (entry.is("xpath")) {
        XmlPath.check(entry.value(), text.getValue());
      } else if (conditions.contains(entry.parent())) {
        camel.resolveLanguage("simple").createPredicate(text.getValue());
      } else {
        camel.resolveLanguage("simple").createExpression(text.getValue());
      }
    } catch (RuntimeException e) {
      findings.add(
          file,
          text,
          "bad-expression",
          "Camel cannot read this expression: " + firstLine(e),
          switch (entry.name()) {
            case "jsonpath" -> "mend it; $.name and $.items[0].name are the usual ones";
            case "xpath" -> "mend it; /order/name and //item[1] are the usual ones";
            default ->
                "mend it; ${body}, ${header.name} and ${exchangeProperty.name} are the usual ones";
          });
    }
  }

  /** Camel reads it at the first message; what has no $ may be its own short form. */
  private static void checkPath(String path) {
    if (path.startsWith("$") && Literal.isFixed(path)) {
      JsonPath.compile(path);
    }
  }

  /** The mappings whose expression is true or false. */
  private static Set<Node> conditions(RouteFile file) {
    Set<Node> found = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Entry entry : file.entries()) {
      boolean isOne =
          CONDITIONS.contains(entry.name())
              || entry.is("expression") && found.contains(entry.parent())
              || entry.is("loop") && isTrue(entry.value(), "doWhile");
      if (isOne) {
        found.add(entry.value());
        if (entry.value() instanceof SequenceNode list) {
          found.addAll(list.getValue());
        }
      }
    }
    return found;
  }

  private static boolean isTrue(Node step, String option) {
    return RouteFile.text(step, option).filter(text -> text.getValue().equals("true")).isPresent();
  }

  private static Exception innermost(Exception failure) {
    Exception found = failure;
    while (found.getCause() instanceof Exception cause && cause.getMessage() != null) {
      found = cause;
    }
    return found;
  }

  private static String firstLine(Exception failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  @Override
  public void close() {
    camel.stop();
  }
}
