package dev.serai.checks;

import dev.serai.checks.RouteFile.Entry;
import dev.serai.topology.Closest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Beans that routes call, and the schemas that they check with. */
final class BeanCheck {
  /** In the method of a bean step: {@code check(*, 'debias/event.schema.json')}. */
  private static final Pattern SCHEMA = Pattern.compile("'([^']+\\.schema\\.json)'");

  private BeanCheck() {}

  static void check(List<RouteFile> files, Known known, Findings findings) {
    Set<String> beans = new HashSet<>(known.beans());
    files.forEach(file -> beans.addAll(DeclaredBeans.names(file)));
    for (RouteFile file : files) {
      for (Entry entry : file.entries()) {
        if (entry.is("method") && entry.value() instanceof ScalarNode method) {
          checkSchema(file, method, known, findings);
        }
        if (entry.is("ref")
            && entry.value() instanceof ScalarNode name
            && !name.getValue().contains("{{")
            && !beans.contains(name.getValue().replaceFirst("^#(bean:)?", ""))) {
          findings.add(
              file,
              name,
              "unknown-bean",
              "there is no bean \"%s\"".formatted(name.getValue()),
              Closest.to(name.getValue(), beans)
                  .map(closest -> "write " + closest)
                  .orElse("declare it with - beans:, or as a Spring component"));
        }
      }
    }
  }

  private static void checkSchema(
      RouteFile file, ScalarNode method, Known known, Findings findings) {
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
