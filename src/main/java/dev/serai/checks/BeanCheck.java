package dev.serai.checks;

import dev.serai.checks.Endpoints.Use;
import dev.serai.checks.RouteFile.Entry;
import dev.serai.idempotence.Once;
import dev.serai.topology.Closest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Beans that routes call, and the schemas that they check with. */
final class BeanCheck {
  /** In the method of a bean step: {@code check(*, 'debias/event.schema.json')}. */
  private static final Pattern SCHEMA = Pattern.compile("'([^']+\\.schema\\.json)'");

  /** A bean as the value of an option. */
  private static final Pattern REFERENCE = Pattern.compile("#(?!class:|type:)(bean:)?[\\w.-]+");

  /** Keys whose value is a bean, with # before it or not. */
  private static final Set<String> NAMING =
      Set.of(
          "ref",
          "comparator",
          "executorService",
          "idempotentRepository",
          "aggregationRepository",
          "aggregationStrategy");

  /** The bean that takes options. */
  private static final String ONCE = "once?";

  /** Where values make profiles of threads, which an executorService may be too. */
  private static final String PROFILES = "camel.threadpool";

  private final Known known;
  private final Findings findings;
  private final Set<String> beans;

  private BeanCheck(Known known, Findings findings) {
    this.known = known;
    this.findings = findings;
    this.beans = new HashSet<>(known.beans());
  }

  static void check(List<RouteFile> files, Known known, Findings findings) {
    BeanCheck check = new BeanCheck(known, findings);
    for (RouteFile file : files) {
      check.beans.addAll(DeclaredBeans.names(file));
      check.beans.addAll(DeclaredBeans.formats(file));
    }
    files.forEach(check::check);
  }

  private void check(RouteFile file) {
    Set<Node> calls = Endpoints.below(file, Set.of("bean", "method"));
    Set<Node> options = Endpoints.options(file);
    Set<Node> said = Endpoints.below(file, Set.of("definition")); // examples of a kamelet
    for (Entry entry : file.entries()) {
      if (!(entry.value() instanceof ScalarNode text) || said.contains(entry.parent())) {
        continue;
      }
      boolean isOption = options.contains(entry.parent());
      if (entry.is("method")) {
        checkSchema(file, text);
      }
      if (isOption) {
        if (REFERENCE.matcher(text.getValue()).matches()) {
          checkName(file, text, text.getValue());
        }
      } else if (NAMING.contains(entry.name()) && !mayBeProfile(entry)) {
        checkName(file, text, text.getValue());
      } else if (entry.is("bean") || (entry.is("method") && !calls.contains(entry.parent()))) {
        checkName(file, text, text.getValue().replaceFirst("\\?.*", ""));
      }
    }
    for (Use use : Endpoints.of(file)) {
      if (use.scheme().equals("bean") && !use.isDynamic()) {
        ScalarNode name = use.parameter("beanName").orElse(use.at());
        checkName(file, name, use.rest().isEmpty() ? name.getValue() : use.rest());
      }
    }
  }

  private boolean mayBeProfile(Entry entry) {
    return entry.is("executorService")
        && known.values().stream().anyMatch(key -> key.startsWith(PROFILES));
  }

  private void checkName(RouteFile file, ScalarNode at, String written) {
    String name = written.strip().replaceFirst("^#(bean:)?", "");
    if (name.startsWith(ONCE) && !name.contains("{{")) {
      checkOnce(file, at, name.substring(ONCE.length()));
      return;
    }
    if (beans.contains(name)
        || name.matches("(class|type):.*") && Classes.has(name)
        || name.contains(".") && Classes.find(name).isPresent() // Camel makes one
        || name.contains("{{")
        || name.contains("${")) {
      return;
    }
    findings.add(
        file,
        at,
        "unknown-bean",
        "there is no bean \"%s\"".formatted(written.strip()),
        DeclaredBeans.ownNames(file).contains(name)
            ? "write \"{{%s}}\", since each route of the template has its own".formatted(name)
            : Closest.to(name, beans)
                .map(closest -> "write " + closest)
                .orElse("declare it with - beans:, or as a Spring component"));
  }

  private void checkOnce(RouteFile file, ScalarNode at, String options) {
    Once.objection(options)
        .ifPresent(
            why ->
                findings.add(
                    file,
                    at,
                    "bad-idempotence-option",
                    why,
                    "write once, or once?window=24h&store=redis"));
  }

  private void checkSchema(RouteFile file, ScalarNode method) {
    Matcher found = SCHEMA.matcher(method.getValue());
    while (found.find()) {
      String path = found.group(1);
      if (!known.schemas().contains(path) && !path.contains("{{")) {
        findings.add(
            file,
            method,
            "unknown-schema",
            "there is no file \"%s\" below the folder of the routes".formatted(path),
            Findings.instead(path, known.schemas()));
      }
    }
  }
}
