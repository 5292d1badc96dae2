package dev.serai.checks;

import dev.serai.checks.Endpoints.Role;
import dev.serai.checks.RouteFile.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Where a file uses a template or a kamelet.
 *
 * @param element the route, policy, template or kamelet that uses it
 * @param at where its name stands
 * @param template its name
 * @param given the parameters that are written there, each key with its value
 */
record TemplateUse(
    RouteFile file, Element element, ScalarNode at, String template, List<Parameter> given) {

  /** A parameter as it is written. */
  record Parameter(ScalarNode name, Node value) {}

  /** All of some files; not those whose name is known only when a message comes. */
  static List<TemplateUse> of(List<RouteFile> files) {
    return files.stream()
        .flatMap(file -> Stream.concat(made(file), called(file)))
        .filter(use -> !use.template().contains("{{") && !use.template().contains("${"))
        .toList();
  }

  /** Whether it makes a route of a template by itself. */
  boolean isMade() {
    return element.is("templatedRoute");
  }

  Optional<Parameter> given(String name) {
    return given.stream().filter(given -> given.name().getValue().equals(name)).findFirst();
  }

  private static Stream<TemplateUse> made(RouteFile file) {
    return file.elements().stream()
        .filter(element -> element.is("templatedRoute"))
        .flatMap(
            element ->
                element
                    .text("routeTemplateRef")
                    .map(
                        ref -> new TemplateUse(file, element, ref, ref.getValue(), listed(element)))
                    .stream());
  }

  private static List<Parameter> listed(Element made) {
    List<Parameter> given = new ArrayList<>();
    if (RouteFile.value(made.body(), "parameters").orElse(null) instanceof SequenceNode list) {
      for (Node item : list.getValue()) {
        RouteFile.text(item, "name")
            .ifPresent(
                name ->
                    given.add(new Parameter(name, RouteFile.value(item, "value").orElse(name))));
      }
    }
    return given;
  }

  private static Stream<TemplateUse> called(RouteFile file) {
    Set<Node> options = Endpoints.options(file);
    Stream<TemplateUse> steps =
        file.entries().stream()
            .filter(entry -> entry.is(RouteFile.KAMELET) && !options.contains(entry.parent()))
            .flatMap(entry -> step(file, entry).stream());
    Stream<TemplateUse> addresses =
        Endpoints.of(file).stream()
            .filter(use -> use.scheme().equals(RouteFile.KAMELET))
            .filter(use -> use.role() != Role.COMPUTED && !use.at().getValue().contains("?"))
            .map(
                use ->
                    new TemplateUse(
                        file,
                        use.element(),
                        use.at(),
                        named(use.rest()),
                        mapped(use.parameters())));
    return Stream.concat(steps, addresses);
  }

  /** A step {@code kamelet:} with its name beside it or below it. */
  private static Optional<TemplateUse> step(RouteFile file, RouteFile.Entry entry) {
    Node body = entry.value();
    Node parameters = RouteFile.value(body, "parameters").orElse(null);
    return (body instanceof ScalarNode word ? Optional.of(word) : RouteFile.text(body, "name"))
        .filter(word -> !word.getValue().contains("?"))
        .map(
            word ->
                new TemplateUse(
                    file, entry.element(), word, named(word.getValue()), mapped(parameters)));
  }

  /** The name of the kamelet that a step leads to; empty when it leads to none. */
  static String called(String step, Node value) {
    boolean isAddress = step.equals("to");
    return (value instanceof ScalarNode word
            ? Optional.of(word)
            : RouteFile.text(value, isAddress ? "uri" : "name"))
        .map(word -> (isAddress ? "" : step + ":") + word.getValue().strip())
        .filter(address -> address.startsWith("kamelet:"))
        .map(address -> address.replaceFirst("kamelet:", "").replaceFirst("[/?].*", ""))
        .orElse("");
  }

  /** Without the id of the route that is made. */
  private static String named(String written) {
    return written.strip().replaceFirst("/.*", "");
  }

  private static List<Parameter> mapped(@Nullable Node parameters) {
    return parameters instanceof MappingNode mapping
        ? mapping.getValue().stream()
            .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode)
            .map(tuple -> new Parameter((ScalarNode) tuple.getKeyNode(), tuple.getValueNode()))
            .toList()
        : List.of();
  }
}
