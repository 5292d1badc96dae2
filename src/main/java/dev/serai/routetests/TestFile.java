package dev.serai.routetests;

import dev.serai.checks.RouteProblem;
import dev.serai.files.YamlText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * What a file of tests says.
 *
 * @param shown the path as a person sees it
 * @param tests in their order; not to be run when there are problems
 * @param problems what is wrong in the file
 */
record TestFile(String shown, List<RouteTest> tests, List<RouteProblem> problems) {

  static TestFile read(String shown, byte[] bytes) {
    List<RouteProblem> problems = new ArrayList<>();
    List<RouteTest> tests = new ArrayList<>();
    compose(shown, bytes, problems)
        .ifPresent(
            root -> {
              Part file = new Part(shown, root, problems);
              file.allow(List.of("given", "tests"));
              Given shared = Given.read(file.mapping("given"));
              Map<String, Part> cases = file.mapping("tests").map(Part::entries).orElse(Map.of());
              if (cases.isEmpty() && problems.isEmpty()) {
                file.refuse(
                    "missing-key", "the file has no tests", "write tests: and below it one");
              }
              cases.forEach((name, part) -> tests.add(RouteTest.read(name, part, shared)));
            });
    return new TestFile(shown, tests, problems);
  }

  private static Optional<Node> compose(String shown, byte[] bytes, List<RouteProblem> problems) {
    try {
      Optional<Node> root = YamlText.read(shown, bytes);
      root.ifPresentOrElse(
          node ->
              walk(
                  new Part(shown, node, problems),
                  Collections.newSetFromMap(new IdentityHashMap<>())),
          () -> problems.add(empty(shown)));
      return problems.isEmpty() ? root : Optional.empty();
    } catch (YamlText.UnreadableException e) {
      problems.add(RouteProblem.of(e.file().name(), e.file().file()));
      return Optional.empty();
    }
  }

  private static RouteProblem empty(String shown) {
    return new RouteProblem(
        "bad-yaml",
        shown,
        1,
        1,
        "the file is empty",
        "write tests, as src/docs/route-tests.md shows");
  }

  private static void walk(Part part, Set<Node> seen) {
    Node node = part.node();
    if (!(node instanceof ScalarNode) && !seen.add(node)) {
      part.refuse(
          "yaml-alias", "an alias (*name) repeats a part of the file", "write the part out");
      return;
    }
    if (node instanceof SequenceNode) {
      part.items().forEach(item -> walk(item, seen));
    } else if (node instanceof MappingNode mapping) {
      Set<String> keys = new HashSet<>();
      for (NodeTuple tuple : mapping.getValue()) {
        Part key = new Part(part.file(), tuple.getKeyNode(), part.problems());
        if (!keys.add(key.text())) {
          key.refuse(
              "duplicate-key", "\"%s\" stands here twice".formatted(key.text()), "remove one");
        }
        walk(new Part(part.file(), tuple.getValueNode(), part.problems()), seen);
      }
    }
  }
}
