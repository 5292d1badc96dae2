package dev.serai.checks;

import dev.serai.checks.RouteFile.Element;
import dev.serai.checks.RouteFile.Entry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The endpoints that a file names. */
final class Endpoints {
  /** Keys whose single value is an endpoint. */
  private static final Set<String> DIRECT =
      Set.of("to", "toD", "wireTap", "poll", "deadLetterUri", "sagaCompletion", "afterUri");

  /** Steps whose expression gives endpoints; they may be some that are always the same. */
  static final Set<String> COMPUTED =
      Set.of("enrich", "pollEnrich", "recipientList", "routingSlip", "dynamicRouter");

  /** Of these, the ones that take several addresses in one text. */
  private static final Set<String> LISTS = Set.of("recipientList", "routingSlip", "dynamicRouter");

  /** Steps whose address is a pattern. */
  private static final Set<String> PATTERNS = Set.of("interceptFrom", "interceptSendToEndpoint");

  private Endpoints() {}

  /** What an endpoint is to a route; an expression gives the computed ones. */
  enum Role {
    INPUT,
    OUTPUT,
    COMPUTED
  }

  /**
   * One use of an endpoint.
   *
   * @param at where its address stands
   * @param parameters beside it
   * @param role what it is to the route
   */
  record Use(Element element, ScalarNode at, @Nullable MappingNode parameters, Role role) {

    boolean consumed() {
      return role == Role.INPUT;
    }

    /** {@code direct:x} without a query. */
    String address() {
      return at.getValue().strip().replaceFirst("\\?.*", "");
    }

    String scheme() {
      return address().replaceFirst(":.*", "");
    }

    /** What follows the scheme. */
    String rest() {
      if (!address().contains(":") && scheme().equals("direct")) {
        return parameter("name").map(ScalarNode::getValue).map(String::strip).orElse("");
      }
      return address().contains(":") ? address().replaceFirst("^[^:]*:(//)?", "") : "";
    }

    /** Whether it is known only when a message comes. */
    boolean isDynamic() {
      return at.getValue().contains("${") || at.getValue().contains("{{");
    }

    Optional<ScalarNode> parameter(String name) {
      return parameters == null ? Optional.empty() : RouteFile.text(parameters, name);
    }
  }

  static List<Use> of(RouteFile file) {
    List<Use> uses = new ArrayList<>();
    Set<Node> options = options(file);
    Set<Node> patterns = patterns(file);
    for (Entry entry : file.entries()) {
      if (isRestVerb(entry) || options.contains(entry.parent())) {
        continue;
      }
      if (COMPUTED.contains(entry.name())) {
        uses.addAll(computed(entry.element(), entry.name(), entry.value()));
      }
      if (!(entry.value() instanceof ScalarNode address) || patterns.contains(entry.parent())) {
        continue;
      }
      if (entry.is("uri")) {
        Node parameters = RouteFile.value(entry.parent(), "parameters").orElse(null);
        uses.add(
            new Use(
                entry.element(),
                address,
                parameters instanceof MappingNode mapping ? mapping : null,
                isInput(entry) ? Role.INPUT : Role.OUTPUT));
      } else if (DIRECT.contains(entry.name())) {
        uses.add(new Use(entry.element(), address, null, Role.OUTPUT));
      }
    }
    return uses;
  }

  /** The addresses that such a step always gives, or the beginning of one that it computes. */
  static List<Use> computed(Element element, String step, Node body) {
    return Literal.written(body).stream()
        .flatMap(
            text ->
                addresses(step, body, text.getValue()).stream()
                    .map(one -> new Use(element, part(text, one), null, Role.COMPUTED)))
        .toList();
  }

  private static List<String> addresses(String step, Node body, String text) {
    String delimiter =
        Stream.of("delimiter", "uriDelimiter")
            .flatMap(key -> RouteFile.text(body, key).stream())
            .map(ScalarNode::getValue)
            .findFirst()
            .orElse(",");
    return !LISTS.contains(step) || !Literal.isFixed(text) || delimiter.equals("false")
        ? List.of(text)
        : Stream.of(text.split(Pattern.quote(delimiter))).filter(a -> !a.isBlank()).toList();
  }

  private static ScalarNode part(ScalarNode whole, String text) {
    return new ScalarNode(
        whole.getTag(), text, whole.getStartMark(), whole.getEndMark(), whole.getScalarStyle());
  }

  private static Set<Node> patterns(RouteFile file) {
    Set<Node> found = Collections.newSetFromMap(new IdentityHashMap<>());
    file.elements().stream()
        .filter(element -> PATTERNS.contains(element.kind().getValue()))
        .forEach(element -> found.add(element.body()));
    file.entries().stream()
        .filter(entry -> PATTERNS.contains(entry.name()))
        .forEach(entry -> add(entry.value(), found));
    return found;
  }

  /** The mappings whose keys are names of options or properties, which others have chosen. */
  static Set<Node> options(RouteFile file) {
    Set<Node> found = below(file, Set.of("parameters", "properties", "beans"));
    file.elements().stream().filter(e -> e.is("beans")).forEach(e -> add(e.body(), found));
    return found;
  }

  /** All that stands below some keys, at any depth. */
  static Set<Node> below(RouteFile file, Set<String> keys) {
    Set<Node> found = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Entry entry : file.entries()) {
      if (keys.contains(entry.name()) || found.contains(entry.parent())) {
        add(entry.value(), found);
      }
    }
    return found;
  }

  private static void add(Node node, Set<Node> found) {
    found.add(node);
    if (node instanceof SequenceNode list) {
      list.getValue().forEach(item -> add(item, found));
    }
  }

  /** The endpoints that rest verbs of a file lead to. */
  static List<Use> ofRest(RouteFile file) {
    return file.entries().stream()
        .filter(Endpoints::isRestVerb)
        .flatMap(entry -> target(entry.element(), entry.value()).stream())
        .toList();
  }

  /** Where {@code to:} leads, also when its address stands below it. */
  static Optional<Use> target(Element element, Node to) {
    if (to instanceof ScalarNode address) {
      return Optional.of(new Use(element, address, null, Role.OUTPUT));
    }
    Node parameters = RouteFile.value(to, "parameters").orElse(null);
    return RouteFile.text(to, "uri")
        .map(
            uri ->
                new Use(
                    element,
                    uri,
                    parameters instanceof MappingNode mapping ? mapping : null,
                    Role.OUTPUT));
  }

  private static boolean isRestVerb(Entry entry) {
    return entry.is("to") && entry.element().kind().getValue().equals("rest");
  }

  private static boolean isInput(Entry entry) {
    return RouteFile.value(entry.element().flow(), "from")
        .filter(from -> from == entry.parent())
        .isPresent();
  }
}
