package dev.serai.topology;

import dev.serai.broker.QueueFigures;
import dev.serai.broker.QueueNames;
import dev.serai.files.TimeText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What is in the topology files beside what the broker says; bean {@code topology} of the route of
 * {@code GET /topology}.
 */
@Component("topology")
public class TopologyView {
  private static final String CONNECTED = "connected";
  private static final String CONFLICT = "conflict";

  private final LiveTopologies topologies;
  private final TopologyDeclaration declaration;
  private final QueueFigures figures;
  private final QueueNames names;

  TopologyView(
      LiveTopologies topologies,
      TopologyDeclaration declaration,
      QueueFigures figures,
      QueueNames names) {
    this.topologies = topologies;
    this.declaration = declaration;
    this.figures = figures;
    this.names = names;
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
      List<BindingView> bindings,
      List<String> problems) {}

  /**
   * An exchange and whether the broker has it as the file says.
   *
   * @param keys that applications may use; empty: all
   */
  public record ExchangeView(
      String name,
      String type,
      String unroutable,
      List<String> keys,
      String state,
      @Nullable String problem) {}

  /**
   * A queue, its figures when the broker has it, and whether it is as the file says.
   *
   * @param brokerName what the broker calls it, when that is not its name
   */
  public record QueueView(
      String name,
      @Nullable String brokerName,
      String role,
      Map<String, Object> arguments,
      List<String> retry,
      @Nullable String park,
      String state,
      @Nullable Long messages,
      @Nullable Long consumers,
      @Nullable String problem) {}

  /** A binding and whether both its ends are there. */
  public record BindingView(
      String exchange, String queue, String key, String state, @Nullable String problem) {}

  /** What the broker says it has; nothing when it is away. */
  private record Found(
      String broker, Map<String, QueueFigures.Figures> queues, Set<String> exchanges) {

    /** Declared, missing, or unknown because the broker is away. */
    String state(boolean there) {
      return there ? "declared" : broker.equals(CONNECTED) ? "missing" : "unknown";
    }
  }

  /** Reads the broker's side within two seconds; when it is away, the files' side alone. */
  public View view() {
    Found found = found();
    List<String> problems =
        topologies.current().problems().stream().map(TopologyProblem::toString).toList();
    return new View(
        found.broker(),
        topologies.exchanges().values().stream().map(spec -> exchange(spec, found)).toList(),
        topologies.queues().values().stream().map(spec -> queue(spec, found)).toList(),
        topologies.bindings().stream().map(spec -> binding(spec, found)).toList(),
        problems);
  }

  private Found found() {
    var queues = figures.of(topologies.queues().keySet());
    var exchanges = figures.existing(topologies.exchanges().keySet());
    try {
      return new Found(CONNECTED, queues.join(), exchanges.join());
    } catch (CompletionException e) {
      String why = "unavailable: " + Optional.ofNullable(e.getCause()).orElse(e).getMessage();
      return new Found(why, Map.of(), Set.of());
    }
  }

  private ExchangeView exchange(Topologies.ExchangeSpec exchange, Found found) {
    Optional<String> conflict = declaration.conflict(exchange);
    return new ExchangeView(
        exchange.name(),
        exchange.type(),
        exchange.unroutableDropped() ? "drop" : "error",
        exchange.keys(),
        conflict.isPresent() ? CONFLICT : found.state(found.exchanges().contains(exchange.name())),
        conflict.orElse(null));
  }

  private QueueView queue(Topologies.QueueSpec queue, Found found) {
    Optional<String> conflict = declaration.conflict(queue);
    QueueFigures.Figures now = found.queues().get(queue.name());
    return new QueueView(
        queue.name(),
        queue.role() == Topologies.Role.PER_INSTANCE ? names.onBroker(queue.name()) : null,
        queue.role().text(),
        queue.arguments(),
        queue.retry().stream().map(rung -> TimeText.write(rung.delay())).toList(),
        queue.park().orElse(null),
        conflict.isPresent() ? CONFLICT : found.state(now != null),
        now == null ? null : now.messages(),
        now == null ? null : now.consumers(),
        conflict.orElse(null));
  }

  /** The broker does not tell its bindings; one that was declared stays as long as its ends. */
  private BindingView binding(Topologies.BindingSpec binding, Found found) {
    Optional<String> conflict = declaration.conflict(binding);
    boolean ends =
        found.exchanges().contains(binding.exchange())
            && (binding.toExchange()
                ? found.exchanges().contains(binding.queue())
                : found.queues().containsKey(binding.queue()));
    return new BindingView(
        binding.exchange(),
        binding.queue(),
        binding.key(),
        conflict.isPresent() ? CONFLICT : found.state(ends),
        conflict.orElse(null));
  }
}
