package dev.serai.checks;

import dev.serai.checks.RouteFile.Entry;
import dev.serai.topology.Closest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Beans that routes call. */
final class BeanCheck {
  private BeanCheck() {}

  static void check(List<RouteFile> files, Known known, Findings findings) {
    Set<String> beans = new HashSet<>(known.beans());
    for (RouteFile file : files) {
      for (Entry entry : file.entries()) {
        if (entry.element().kind().getValue().equals("beans")
            && entry.is("name")
            && entry.value() instanceof ScalarNode name) {
          beans.add(name.getValue());
        }
      }
    }
    for (RouteFile file : files) {
      for (Entry entry : file.entries()) {
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
}
