package dev.serai.checks;

import dev.serai.checks.Endpoints.Use;
import dev.serai.checks.RouteFile.Element;
import dev.serai.checks.Wiring.Call;
import dev.serai.checks.Wiring.Part;
import dev.serai.checks.Wiring.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads what route files take messages from and where they send them. */
final class WiringReader {
  static final List<String> VERBS = List.of("get", "post", "put", "patch", "delete", "head");
  private static final Pattern PARAMETER = Pattern.compile("\\{\\{\\??([^}:]+)[^}]*}}");

  /** What a kamelet calls the two ends of the route that uses it. */
  private static final Set<String> ENDS = Set.of("source", "sink");

  private final List<Request> requests = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private final Map<String, Template> templates = new HashMap<>();

  private record Template(Element element, Part part) {}

  /** Of files without problems. */
  WiringReader(List<RouteFile> files) {
    for (RouteFile file : files) {
      for (Element element : file.elements()) {
        if (element.is("routeTemplate")) {
          templates.put(word(element.body(), "id"), new Template(element, part(file, element)));
        }
      }
    }
    files.forEach(file -> file.elements().forEach(element -> add(file, element)));
  }

  List<Request> requests() {
    return requests;
  }

  List<Part> parts() {
    return parts;
  }

  private void add(RouteFile file, Element element) {
    switch (element.kind().getValue()) {
      case "rest" -> addRequests(file, element);
      case "route", "routeConfiguration" -> parts.add(part(file, element));
      case RouteFile.KAMELET -> parts.add(kamelet(part(file, element), element));
      case "templatedRoute" -> {
        Template template = templates.get(word(element.body(), "routeTemplateRef"));
        if (template != null) {
          parts.add(made(file, element, template));
        }
      }
      default -> {} // beans and templates lead nowhere by themselves
    }
  }

  /** All verbs of a rest block. */
  static List<Node> verbs(Element rest) {
    return VERBS.stream()
        .flatMap(verb -> RouteFile.value(rest.body(), verb).stream())
        .filter(SequenceNode.class::isInstance)
        .flatMap(list -> ((SequenceNode) list).getValue().stream())
        .toList();
  }

  private void addRequests(RouteFile file, Element rest) {
    for (String verb : VERBS) {
      if (RouteFile.value(rest.body(), verb).orElse(null) instanceof SequenceNode list) {
        for (Node item : list.getValue()) {
          RouteFile.value(item, "to")
              .flatMap(to -> Endpoints.target(rest, to))
              .ifPresent(
                  use ->
                      requests.add(
                          new Request(
                              file.path(),
                              verb.toUpperCase(Locale.ROOT),
                              word(rest.body(), "path") + word(item, "path"),
                              call(use))));
        }
      }
    }
  }

  private static Part part(RouteFile file, Element element) {
    Optional<Call> from = Optional.empty();
    List<Call> calls = new ArrayList<>();
    for (Use use : Endpoints.of(file)) {
      if (use.element() == element && use.consumed()) {
        from = Optional.of(call(use));
      } else if (use.element() == element) {
        calls.add(call(use));
      }
    }
    for (RouteFile.Entry entry : file.entries()) {
      if (entry.element() == element && (entry.is("bean") || entry.is("method"))) {
        RouteFile.text(entry.value(), "ref")
            .ifPresent(bean -> calls.add(new Call("bean", bean.getValue(), "", "", List.of())));
      }
    }
    Node body = element.body();
    return new Part(
        element.kind().getValue(),
        file.path(),
        element.name().map(ScalarNode::getValue).orElse(""),
        oneLine(word(body, "description")),
        word(body, "routeConfigurationId"),
        from,
        List.copyOf(calls));
  }

  /** Routes reach it by its name, and it leads back to them. */
  private static Part kamelet(Part read, Element element) {
    String description =
        element.at("spec", "definition").map(about -> word(about, "description")).orElse("");
    return new Part(
        read.kind(),
        read.file(),
        read.id(),
        oneLine(description),
        "",
        Optional.of(new Call(RouteFile.KAMELET, read.id(), "", "", List.of())),
        read.calls().stream()
            .filter(call -> !call.scheme().equals(RouteFile.KAMELET) || !ENDS.contains(call.name()))
            .toList());
  }

  /** A route made of a template. */
  private static Part made(RouteFile file, Element use, Template template) {
    Map<String, String> values = new HashMap<>();
    parameters(template.element(), "defaultValue", values);
    parameters(use, "value", values);
    return new Part(
        "route",
        file.path(),
        word(use.body(), "routeId"),
        template.part().description(),
        template.part().policy(),
        template.part().from().map(call -> filled(call, values)),
        template.part().calls().stream().map(call -> filled(call, values)).toList());
  }

  private static void parameters(Element element, String value, Map<String, String> values) {
    if (RouteFile.value(element.body(), "parameters").orElse(null) instanceof SequenceNode list) {
      for (Node item : list.getValue()) {
        RouteFile.text(item, value)
            .ifPresent(text -> values.put(word(item, "name"), text.getValue()));
      }
    }
  }

  private static Call filled(Call call, Map<String, String> values) {
    return new Call(
        call.scheme(),
        filled(call.name(), values),
        filled(call.exchange(), values),
        filled(call.key(), values),
        call.queues().stream().map(queue -> filled(queue, values)).toList());
  }

  private static String filled(String text, Map<String, String> values) {
    return PARAMETER
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    values.getOrDefault(found.group(1).strip(), found.group())));
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  private static Call call(Use use) {
    String queues = use.scheme().equals("ordered") ? queue(use) : option(use, "queues");
    boolean broker = use.scheme().equals("spring-rabbitmq");
    return new Call(
        use.scheme(),
        use.rest().isEmpty() ? option(use, "name") : use.rest(),
        !broker ? "" : use.rest().isEmpty() ? option(use, "exchangeName") : use.rest(),
        option(use, "routingKey"),
        queues.isEmpty() ? List.of() : List.of(queues.split("\\s*,\\s*")));
  }

  private static String queue(Use use) {
    return use.rest().isEmpty() ? option(use, "queue") : use.rest();
  }

  private static String option(Use use, String name) {
    return use.parameter(name).map(ScalarNode::getValue).map(String::strip).orElse("");
  }

  private static String word(Node node, String key) {
    return RouteFile.text(node, key).map(ScalarNode::getValue).orElse("");
  }
}
