package dev.serai.routetests;

import dev.serai.checks.RouteProblem;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
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
  private static final int MOST_BYTES = 1 << 20;
  private static final int DEEPEST = 100;

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
    if (bytes.length > MOST_BYTES) {
      problems.add(
          new RouteProblem("too-large", shown, 1, 1, "the file has more than 1 MiB", "split it"));
      return Optional.empty();
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      LoaderOptions options = new LoaderOptions();
      options.setAllowDuplicateKeys(true); // noted with their place below
      options.setNestingDepthLimit(DEEPEST);
      Node root = new Yaml(options).compose(new StringReader(text));
      if (root == null) {
        problems.add(bad(shown, 1, 1, "the file is empty"));
        return Optional.empty();
      }
      walk(new Part(shown, root, problems), Collections.newSetFromMap(new IdentityHashMap<>()));
      return problems.isEmpty() ? Optional.of(root) : Optional.empty();
    } catch (CharacterCodingException e) {
      problems.add(bad(shown, 1, 1, "the file is no UTF-8 text"));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      int column = e.getProblemMark() == null ? 1 : e.getProblemMark().getColumn() + 1;
      problems.add(bad(shown, line, column, String.valueOf(e.getProblem())));
    } catch (YAMLException e) {
      problems.add(bad(shown, 1, 1, String.valueOf(e.getMessage())));
    }
    return Optional.empty();
  }

  private static RouteProblem bad(String shown, int line, int column, String wrong) {
    return new RouteProblem(
        "bad-yaml",
        shown,
        line,
        column,
        wrong,
        "mend the YAML; src/docs/route-tests.md shows some");
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
