package dev.serai.checks;

import dev.serai.checks.RouteFile.Element;
import dev.serai.checks.RouteFile.Entry;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The steps of a file, of its routes and of other steps. */
final class Steps {
  private Steps() {}

  /** The first of a route, template or kamelet. */
  static Optional<Node> first(Element route) {
    return RouteFile.value(route.flow(), "from")
        .flatMap(from -> RouteFile.value(from, "steps"))
        .filter(steps -> steps instanceof SequenceNode list && !list.getValue().isEmpty())
        .map(steps -> ((SequenceNode) steps).getValue().get(0));
  }

  static List<Entry> of(RouteFile file) {
    Set<Node> steps = Collections.newSetFromMap(new IdentityHashMap<>());
    lists(file).forEach(list -> steps.addAll(list.getValue()));
    return file.entries().stream().filter(entry -> steps.contains(entry.parent())).toList();
  }

  /** Those that nothing follows. */
  static List<Entry> last(RouteFile file) {
    Set<Node> last = Collections.newSetFromMap(new IdentityHashMap<>());
    lists(file).stream()
        .map(SequenceNode::getValue)
        .filter(steps -> !steps.isEmpty())
        .forEach(steps -> last.add(steps.get(steps.size() - 1)));
    return of(file).stream().filter(entry -> last.contains(entry.parent())).toList();
  }

  private static List<SequenceNode> lists(RouteFile file) {
    Set<Node> options = Endpoints.options(file);
    return file.entries().stream()
        .filter(entry -> entry.is("steps") && !options.contains(entry.parent()))
        .map(Entry::value)
        .filter(SequenceNode.class::isInstance)
        .map(SequenceNode.class::cast)
        .toList();
  }
}
