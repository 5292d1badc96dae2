package dev.serai.checks;

import dev.serai.topology.Closest;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.Node;

/** Collects problems. */
record Findings(List<RouteProblem> problems) {
  private static final int MOST = 12;

  void add(RouteFile file, Node node, String name, String wrong, String remedy) {
    problems.add(RouteProblem.at(name, file.shown(), node.getStartMark(), wrong, remedy));
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
