package dev.serai.checks;

import dev.serai.topology.Closest;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Collects problems. None shows a value of config/ or the environment, which may be a secret. */
record Findings(List<RouteProblem> problems) {
  private static final int MOST = 12;

  void add(RouteFile file, Node node, String name, String wrong, String remedy) {
    problems.add(RouteProblem.at(name, file.shown(), node.getStartMark(), wrong, remedy));
  }

  /** What to write in the place of a text; or in config/, where the text stands for a value. */
  static String write(ScalarNode written, String right) {
    return (written.getValue().contains("{{") ? "write it in config/ as " : "write ") + right;
  }

  /** A word that should be one of the known ones. */
  static String instead(String word, Collection<String> known) {
    return Closest.to(word, known)
        .map(closest -> "write " + closest)
        .orElseGet(() -> known.size() > MOST ? "it is none of the " + known.size() : all(known));
  }

  private static String all(Collection<String> known) {
    return known.isEmpty()
        ? "there is none yet"
        : "write one of " + String.join(", ", new TreeSet<>(known));
  }
}
