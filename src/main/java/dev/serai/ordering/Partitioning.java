package dev.serai.ordering;

import dev.serai.broker.OutgoingMessage;
import dev.serai.topology.LiveTopologies;
import dev.serai.topology.Topologies;
import dev.serai.topology.Topologies.Partitions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Knows which partition of a queue a message belongs in. Thread-safe. */
@Component
class Partitioning {
  private final Topologies topologies;
  private final ObjectProvider<CamelContext> camel;
  private volatile Known known;

  /** The queues with partitions, and which of them an exchange leads to. */
  private record Known(
      Map<String, Partitioned> queues, Map<String, List<Partitioned>> behindExchange) {}

  Partitioning(Topologies topologies, ObjectProvider<CamelContext> camel) {
    this.topologies = topologies;
    this.camel = camel;
    this.known = read();
  }

  /** Other topology files are in use. */
  @EventListener(LiveTopologies.Changed.class)
  synchronized void look() {
    known = read();
  }

  private Known read() {
    Map<String, Partitioned> queues =
        topologies.queues().values().stream()
            .flatMap(
                queue ->
                    queue.partitions().stream()
                        .map(parts -> new Partitioned(queue.name(), parts, key(parts))))
            .collect(Collectors.toMap(Partitioned::queue, queue -> queue));
    Map<String, Partitioned> doors =
        queues.values().stream()
            .collect(Collectors.toMap(queue -> Partitions.door(queue.queue()), queue -> queue));
    Map<String, List<Partitioned>> behind =
        topologies.bindings().stream()
            .filter(binding -> binding.toExchange() && doors.containsKey(binding.queue()))
            .collect(
                Collectors.groupingBy(
                    Topologies.BindingSpec::exchange,
                    Collectors.mapping(
                        binding -> doors.get(binding.queue()),
                        Collectors.collectingAndThen(
                            Collectors.toList(), found -> found.stream().distinct().toList()))));
    return new Known(queues, behind);
  }

  private PartitionKey key(Partitions partitions) {
    return PartitionKey.of(partitions.key(), camel::getObject);
  }

  /** The queue of this name, when it has partitions. */
  Optional<Partitioned> queue(String name) {
    return Optional.ofNullable(known.queues().get(name));
  }

  /** The message with a header for each queue with partitions that its exchange leads to. */
  OutgoingMessage marked(OutgoingMessage message) {
    List<Partitioned> behind = known.behindExchange().get(message.exchange());
    if (behind == null) {
      return message;
    }
    Letter letter =
        new Letter(message.exchange(), message.routingKey(), message.properties(), message.body());
    Map<String, Object> headers = new HashMap<>(letter.headers());
    behind.forEach(queue -> headers.putAll(queue.marks(letter)));
    return new OutgoingMessage(
        message.exchange(),
        message.routingKey(),
        message.properties().builder().headers(headers).build(),
        message.body());
  }
}
