package dev.serai.drawing;

import dev.serai.checks.Wiring;
import dev.serai.checks.Wiring.Call;
import dev.serai.checks.Wiring.Part;
import dev.serai.checks.Wiring.Request;
import dev.serai.drawing.Diagram.Edge;
import dev.serai.drawing.Diagram.Kind;
import dev.serai.drawing.Diagram.Node;
import dev.serai.files.TimeText;
import dev.serai.topology.LoadedTopologies;
import dev.serai.topology.Topologies.BindingSpec;
import dev.serai.topology.Topologies.ExchangeSpec;
import dev.serai.topology.Topologies.QueueSpec;
import dev.serai.topology.Topologies.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the nodes and edges of a diagram. */
final class Sketch {
  private static final String BROKER = "spring-rabbitmq";
  private static final String KAMELET = "kamelet";
  private static final Set<String> INNER = Set.of("direct", "seda", KAMELET);

  /** What a message with this exchange names itself is known only when it comes. */
  private static final String DEFAULT_EXCHANGE = "default";

  private final Wiring wiring;
  private final LoadedTopologies topologies;
  private final Map<String, Node> exchanges = new LinkedHashMap<>();
  private final Map<String, Node> queues = new LinkedHashMap<>();
  private final Map<String, Node> inputs = new LinkedHashMap<>();
  private final Map<Part, Node> parts = new LinkedHashMap<>();
  private final Set<Node> sources = new LinkedHashSet<>();
  private final Set<Node> targets = new LinkedHashSet<>();
  private final Set<Edge> edges = new LinkedHashSet<>();

  Sketch(Wiring wiring, LoadedTopologies topologies) {
    this.wiring = wiring;
    this.topologies = topologies;
  }

  Diagram diagram() {
    topologies.exchanges().values().forEach(this::addExchange);
    topologies.queues().values().forEach(this::addQueue);
    wiring.parts().forEach(this::addPart);
    topologies.queues().values().forEach(this::connectQueue);
    topologies
        .bindings()
        .forEach(b -> connect(exchanges.get(b.exchange()), queues.get(queue(b)), b.key(), false));
    wiring.requests().forEach(this::connectRequest);
    parts.forEach(this::connectInput);
    parts.forEach((part, node) -> part.calls().forEach(call -> connectCall(part, node, call)));
    List<Node> nodes = new ArrayList<>(sources);
    nodes.addAll(exchanges.values());
    nodes.addAll(queues.values());
    nodes.addAll(parts.values());
    nodes.addAll(targets);
    return new Diagram(List.copyOf(nodes), List.copyOf(edges));
  }

  private void addExchange(ExchangeSpec exchange) {
    topologies
        .fileOf(exchange)
        .ifPresent(
            file ->
                exchanges.put(
                    exchange.name(),
                    node(
                        Kind.EXCHANGE,
                        file.toString(),
                        exchange.name(),
                        exchange.type(),
                        exchange.unroutableDropped()
                            ? "What no queue wants is dropped."
                            : "What no queue wants is an error.")));
  }

  private void addQueue(QueueSpec queue) {
    String waits =
        queue.retry().stream()
            .map(rung -> TimeText.write(rung.delay()))
            .collect(Collectors.joining(", "));
    topologies
        .fileOf(queue)
        .ifPresent(
            file ->
                queues.put(
                    queue.name(),
                    node(
                        queue.role() == Role.PARK ? Kind.PARKING : Kind.QUEUE,
                        file.toString(),
                        queue.name(),
                        subtitle(queue, waits),
                        "")));
  }

  /** The exchange in front of partitions stands for their queue. */
  private static String queue(BindingSpec binding) {
    return binding.toExchange()
        ? binding.queue().substring(0, binding.queue().lastIndexOf('.'))
        : binding.queue();
  }

  private static String subtitle(QueueSpec queue, String waits) {
    if (queue.role() == Role.PER_INSTANCE) {
      return "one per instance";
    }
    String parts = queue.partitions().map(found -> found.count() + " partitions").orElse("");
    String retry = waits.isEmpty() ? "" : "retry after " + waits;
    return parts.isEmpty() || retry.isEmpty() ? parts + retry : parts + ", " + retry;
  }

  private void addPart(Part part) {
    Node node =
        node(
            part.kind().equals("routeConfiguration") ? Kind.POLICY : Kind.ROUTE,
            part.file(),
            part.id(),
            part.kind().equals(KAMELET) ? KAMELET : part.policy(),
            part.description());
    parts.put(part, node);
    part.from()
        .filter(from -> INNER.contains(from.scheme()))
        .ifPresent(from -> inputs.putIfAbsent(address(from), node));
  }

  private void connectQueue(QueueSpec queue) {
    Node node = queues.get(queue.name());
    Object deadLetters = queue.arguments().get("x-dead-letter-exchange");
    if (deadLetters instanceof String exchange && exchanges.containsKey(exchange)) {
      connect(node, exchanges.get(exchange), "", true);
    } else {
      queue.park().ifPresent(park -> connect(node, queues.get(park), "", true));
    }
  }

  private void connectRequest(Request request) {
    Node route = inputs.get(address(request.to()));
    if (route != null) {
      Node source =
          node(Kind.SOURCE, request.file(), request.method() + " " + request.path(), "", "");
      sources.add(source);
      connect(source, route, "", false);
    }
  }

  private void connectInput(Part part, Node route) {
    part.from()
        .ifPresent(
            from -> {
              if (!from.queues().isEmpty()) {
                from.queues().forEach(queue -> connect(queues.get(queue), route, "", false));
              } else if (!INNER.contains(from.scheme())) {
                Node source = node(Kind.SOURCE, part.file(), address(from), "", "");
                sources.add(source);
                connect(source, route, "", false);
              } else if (inputs.get(address(from)) != route) { // a kamelet that begins a route
                connect(inputs.get(address(from)), route, "", false);
              }
            });
  }

  private void connectCall(Part part, Node caller, Call call) {
    Node target = inputs.getOrDefault(address(call), exchanges.get(call.exchange()));
    if (target == null) {
      target = target(part, call);
      targets.add(target);
    }
    connect(caller, target, call.key(), caller.kind() == Kind.POLICY);
  }

  private static Node target(Part part, Call call) {
    if (call.scheme().equals("bean")) {
      return node(Kind.BEAN, part.file(), call.name(), "", "");
    }
    if (call.scheme().equals(BROKER)) {
      return call.exchange().equals(DEFAULT_EXCHANGE)
          ? node(Kind.EXCHANGE, part.file(), "as the message says", "any exchange", "")
          : node(Kind.EXCHANGE, part.file(), call.exchange(), "", "");
    }
    return node(Kind.TARGET, part.file(), address(call), "", "");
  }

  /** Without what may be a login. */
  private static String address(Call call) {
    String name = call.name().replaceFirst("^[^/]*@", "");
    return name.isEmpty() ? call.scheme() : call.scheme() + ":" + name;
  }

  private void connect(@Nullable Node from, @Nullable Node to, String label, boolean onFailure) {
    if (from != null && to != null) {
      edges.add(new Edge(from, to, label, onFailure));
    }
  }

  /** A target is one node for all that call it in a group, so its file is the group's. */
  private static Node node(Kind kind, String file, String name, String more, String title) {
    String group = group(file);
    boolean isShared =
        kind == Kind.BEAN || kind == Kind.TARGET || title.isEmpty() && kind == Kind.EXCHANGE;
    return new Node(kind, group, isShared ? group : file, name, more, title);
  }

  /** The pack; in {@code shared}, the folder. */
  private static String group(String file) {
    String[] folders = file.split("/");
    return folders.length > 2 && folders[0].equals("shared")
        ? folders[0] + "/" + folders[1]
        : folders[0];
  }
}
