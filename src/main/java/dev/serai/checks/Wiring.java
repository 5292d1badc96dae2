package dev.serai.checks;

import dev.serai.checks.Endpoints.Use;
import dev.serai.checks.RouteFile.Element;
import dev.serai.files.RouteFolder;
import dev.serai.javadsl.JavaRoutes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * What route files take messages from and where they send them.
 *
 * @param requests that are answered over HTTP
 * @param parts routes, policies and templates
 * @param problems of files that cannot be read; nothing of these is in it
 */
public record Wiring(List<Request> requests, List<Part> parts, List<RouteProblem> problems) {
  private static final List<String> VERBS =
      List.of("get", "post", "put", "patch", "delete", "head");
  private static final List<String> PARTS = List.of("route", "routeConfiguration", "routeTemplate");

  /**
   * A verb of a rest block.
   *
   * @param file below the folder of the routes
   * @param method in capitals
   * @param to what it calls
   */
  public record Request(String file, String method, String path, Call to) {}

  /**
   * A route, a policy or a template.
   *
   * @param file below the folder of the routes
   * @param description in one line; may be empty
   * @param policy that it asks for; may be empty
   * @param from its input; a policy has none
   * @param calls of endpoints and beans
   */
  public record Part(
      String file,
      String id,
      String description,
      String policy,
      Optional<Call> from,
      List<Call> calls) {}

  /**
   * A use of an endpoint or of a bean.
   *
   * @param scheme of the endpoint; {@code bean} for a bean
   * @param name what follows it, without a query; may be empty
   * @param exchange that it names; may be empty
   * @param key with which it sends there; may be empty
   * @param queues that it consumes
   */
  public record Call(
      String scheme, String name, String exchange, String key, List<String> queues) {}

  /**
   * Reads files.
   *
   * @param files bytes by the path below the folder
   * @param folder of the routes, to show paths as a person sees them
   */
  public static Wiring of(Map<String, byte[]> files, Path folder, JavaRoutes java) {
    Wiring wiring = new Wiring(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    files.forEach(
        (path, bytes) -> {
          String shown = folder.resolve(path).toString();
          RouteFile file =
              path.endsWith(RouteFolder.JAVA)
                  ? JavaFile.read(java, path, shown, bytes)
                  : RouteFile.read(path, shown, bytes);
          wiring.problems.addAll(file.problems());
          if (file.problems().isEmpty()) {
            wiring.add(file);
          }
        });
    return wiring;
  }

  private void add(RouteFile file) {
    for (Element element : file.elements()) {
      if (element.kind().getValue().equals("rest")) {
        addRequests(file, element);
      } else if (PARTS.contains(element.kind().getValue())) {
        addPart(file, element);
      }
    }
  }

  private void addRequests(RouteFile file, Element rest) {
    for (String verb : VERBS) {
      if (RouteFile.value(rest.body(), verb).orElse(null) instanceof SequenceNode list) {
        for (Node item : list.getValue()) {
          RouteFile.text(item, "to")
              .ifPresent(
                  to ->
                      requests.add(
                          new Request(
                              file.path(),
                              verb.toUpperCase(Locale.ROOT),
                              word(rest.body(), "path") + word(item, "path"),
                              call(new Use(rest, to, null, false)))));
        }
      }
    }
  }

  private void addPart(RouteFile file, Element element) {
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
    parts.add(
        new Part(
            file.path(),
            word(body, "id"),
            word(body, "description").strip().replaceAll("\\s+", " "),
            word(body, "routeConfigurationId"),
            from,
            List.copyOf(calls)));
  }

  private static Call call(Use use) {
    String queues = option(use, "queues");
    boolean broker = use.scheme().equals("spring-rabbitmq");
    return new Call(
        use.scheme(),
        use.rest().isEmpty() ? option(use, "name") : use.rest(),
        !broker ? "" : use.rest().isEmpty() ? option(use, "exchangeName") : use.rest(),
        option(use, "routingKey"),
        queues.isEmpty() ? List.of() : List.of(queues.split("\\s*,\\s*")));
  }

  private static String option(Use use, String name) {
    return use.parameter(name).map(ScalarNode::getValue).map(String::strip).orElse("");
  }

  private static String word(Node node, String key) {
    return RouteFile.text(node, key).map(ScalarNode::getValue).orElse("");
  }
}
