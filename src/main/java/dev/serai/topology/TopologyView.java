package dev.serai.topology;

import dev.serai.broker.QueueFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What is in the topology files beside what the broker says; bean {@code topology} of the route of
 * {@code GET /topology}.
 */
@Component("topology")
public class TopologyView {
  private final LoadedTopologies topologies;
  private final TopologyDeclaration declaration;
  private final QueueFigures figures;

  TopologyView(LoadedTopologies topologies, TopologyDeclaration declaration, QueueFigures figures) {
    this.topologies = topologies;
    this.declaration = declaration;
    this.figures = figures;
  }

  /**
   * All of it.
   *
   * @param broker {@code connected}, or why not
   * @param problems of files that are left out
   */
  public record View(
      String broker,
      List<ExchangeView> exchanges,
      List<QueueView> queues,
      List<Topologies.BindingSpec> bindings,
      List<String> problems) {}

  /** An exchange and whether the broker has it as the file says. */
  public record ExchangeView(
      String name, String type, String unroutable, String state, @Nullable String problem) {}

  /** A queue, its figures when the broker has it, and whether it is as the file says. */
  public record QueueView(
      String name,
      String role,
      Map<String, Object> arguments,
      List<String> retry,
      @Nullable String park,
      String state,
      @Nullable Long messages,
      @Nullable Long consumers,
      @Nullable String problem) {}

  /** Reads the broker's side within two seconds; when it is away, the files' side alone. */
  public View view() {
    String broker = "connected";
    Map<String, QueueFigures.Figures> known = Map.of();
    try {
      known = figures.of(topologies.queues().keySet()).join();
    } catch (CompletionException e) {
      broker = "unavailable: " + Optional.ofNullable(e.getCause()).orElse(e).getMessage();
    }
    List<QueueView> queues = new ArrayList<>();
    for (Topologies.QueueSpec queue : topologies.queues().values()) {
      queues.add(queue(queue, known.get(queue.name()), broker.equals("connected")));
    }
    List<String> problems = topologies.problems().stream().map(TopologyProblem::toString).toList();
    return new View(
        broker,
        topologies.exchanges().values().stream().map(this::exchange).toList(),
        queues,
        topologies.bindings(),
        problems);
  }

  private ExchangeView exchange(Topologies.ExchangeSpec exchange) {
    Optional<String> conflict = declaration.conflict(exchange.name());
    return new ExchangeView(
        exchange.name(),
        exchange.type(),
        exchange.unroutableDropped() ? "drop" : "error",
        conflict.isPresent() ? "conflict" : "declared",
        conflict.orElse(null));
  }

  private QueueView queue(
      Topologies.QueueSpec queue, QueueFigures.@Nullable Figures now, boolean connected) {
    Optional<String> conflict = declaration.conflict(queue.name());
    String state = now != null ? "declared" : connected ? "missing" : "unknown";
    return new QueueView(
        queue.name(),
        queue.role().name().toLowerCase(java.util.Locale.ROOT),
        queue.arguments(),
        queue.retry().stream().map(rung -> TimeText.write(rung.delay())).toList(),
        queue.park().orElse(null),
        conflict.isPresent() ? "conflict" : state,
        now == null ? null : now.messages(),
        now == null ? null : now.consumers(),
        conflict.orElse(null));
  }
}
