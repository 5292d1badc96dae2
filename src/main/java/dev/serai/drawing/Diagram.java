package dev.serai.drawing;

import dev.serai.checks.Wiring;
import dev.serai.topology.LoadedTopologies;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What leads to what. Immutable.
 *
 * @param nodes requests first, then in the order of the files
 * @param edges between these nodes, each once
 */
public record Diagram(List<Node> nodes, List<Edge> edges) {

  /** What a node stands for. */
  public enum Kind {
    /** What callers ask over HTTP, or another thing outside that begins. */
    SOURCE("from outside"),
    /** An exchange of the broker. */
    EXCHANGE("exchange"),
    /** A queue of the broker. */
    QUEUE("queue"),
    /** A queue of what failed for good. */
    PARKING("parked messages"),
    /** A route or a template. */
    ROUTE("route"),
    /** What is done when a route fails. */
    POLICY("policy"),
    /** Java that a route calls. */
    BEAN("bean"),
    /** Anything else that a route sends to. */
    TARGET("target");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** For people. */
    String word() {
      return word;
    }
  }

  /**
   * A box.
   *
   * @param group the pack, or a part of {@code shared}, that it stands in
   * @param file that it is from, below the folder of the routes
   * @param name of it
   * @param more a few words below the name; may be empty
   * @param title a sentence about it; may be empty
   */
  public record Node(
      Kind kind, String group, String file, String name, String more, String title) {}

  /**
   * An arrow.
   *
   * @param label may be empty
   * @param onFailure whether only what failed goes there
   */
  public record Edge(Node from, Node to, String label, boolean onFailure) {}

  /**
   * Connects what the files name.
   *
   * @param topologies with files below the folder of the routes
   */
  public static Diagram of(Wiring wiring, LoadedTopologies topologies) {
    return new Sketch(wiring, topologies).diagram();
  }

  /** Only some nodes, and what is next to them. */
  public Diagram around(Predicate<Node> wanted) {
    List<Edge> kept =
        edges.stream().filter(edge -> wanted.test(edge.from()) || wanted.test(edge.to())).toList();
    Set<Node> shown = new LinkedHashSet<>();
    nodes.stream().filter(wanted).forEach(shown::add);
    kept.forEach(edge -> shown.addAll(List.of(edge.from(), edge.to())));
    return new Diagram(nodes.stream().filter(shown::contains).toList(), kept);
  }

  /** Parts that nothing connects, each with all of its groups. */
  List<Diagram> separated() {
    List<Set<String>> parts = new ArrayList<>();
    groups().forEach(group -> parts.add(new LinkedHashSet<>(Set.of(group))));
    for (Edge edge : edges) {
      Set<String> from = partOf(parts, edge.from());
      Set<String> to = partOf(parts, edge.to());
      if (from != to) {
        from.addAll(to);
        parts.removeIf(part -> part == to);
      }
    }
    return parts.stream()
        .map(
            part ->
                new Diagram(
                    nodes.stream().filter(node -> part.contains(node.group())).toList(),
                    edges.stream().filter(edge -> part.contains(edge.from().group())).toList()))
        .toList();
  }

  private static Set<String> partOf(List<Set<String>> parts, Node node) {
    return parts.stream().filter(part -> part.contains(node.group())).findFirst().orElseThrow();
  }

  /** The groups, in the order of their first nodes. */
  List<String> groups() {
    return nodes.stream().map(Node::group).distinct().toList();
  }
}
