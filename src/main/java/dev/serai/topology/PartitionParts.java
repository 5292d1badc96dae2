package dev.serai.topology;

import dev.serai.topology.Topologies.BindingSpec;
import dev.serai.topology.Topologies.ExchangeSpec;
import dev.serai.topology.Topologies.Partitions;
import dev.serai.topology.Topologies.QueueSpec;
import dev.serai.topology.Topologies.Role;
import dev.serai.topology.Topologies.Rung;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code partitions:} makes of a queue {@code q}: the queues {@code q.0}, {@code q.1} ... with
 * one active consumer each; a headers exchange {@code q.partitions} in front of them, which gets
 * what {@code q} is bound to and chooses by the header that the publisher sets; and {@code
 * q.intake}, to which everything without that header goes, and which leads to {@code q}. Where
 * RabbitMQ hashes the keys, {@code q.hash} chooses instead, which the headers exchange leads to.
 *
 * @param exchanges each before those that name it
 * @param queues {@code q} first
 * @param bindings all of them
 */
record PartitionParts(
    List<ExchangeSpec> exchanges, List<QueueSpec> queues, List<BindingSpec> bindings) {

  /** The net for a message that brings down its consumer each time, and its window with it. */
  private static final long DELIVERY_LIMIT = 1000;

  /** The type of exchange that a plug-in of RabbitMQ brings. */
  static final String CONSISTENT_HASH = "x-consistent-hash";

  private static final String EQUAL_SHARE = "1";

  static PartitionParts of(QueueDraft draft, Partitions partitions, Map<String, Object> written) {
    String name = draft.name();
    Map<String, Object> arguments = new LinkedHashMap<>(written);
    arguments.put("x-single-active-consumer", true);
    if ("quorum".equals(arguments.get("x-queue-type"))) {
      arguments.putIfAbsent("x-delivery-limit", DELIVERY_LIMIT); // without one the order is lost
    }
    List<QueueSpec> queues = new ArrayList<>();
    queues.add(
        new QueueSpec(
            name, arguments, rungs(draft), draft.park(), Role.WORK, Optional.of(partitions)));
    List<BindingSpec> bindings = new ArrayList<>();
    bindings.add(new BindingSpec(intake(name), name, ""));
    draft
        .bindings()
        .forEach(
            b ->
                bindings.add(
                    new BindingSpec(b.exchange(), Partitions.door(name), b.key(), Map.of(), true)));
    for (int i = 0; i < partitions.count(); i++) {
      String partition = Partitions.name(name, i);
      queues.add(new QueueSpec(partition, arguments, List.of(), Optional.empty(), Role.PARTITION));
      bindings.add(way(name, i, partitions));
    }
    if (partitions.hashedByBroker()) {
      bindings.add(
          new BindingSpec(
              Partitions.door(name),
              Partitions.hash(name),
              "",
              marked(name, Partitions.HASHED),
              true));
    }
    return new PartitionParts(exchanges(name, partitions), queues, bindings);
  }

  private static BindingSpec way(String name, int number, Partitions partitions) {
    String partition = Partitions.name(name, number);
    String text = String.valueOf(number);
    return partitions.hashedByBroker()
        ? new BindingSpec(Partitions.hash(name), partition, EQUAL_SHARE)
        : new BindingSpec(Partitions.door(name), partition, text, marked(name, text), false);
  }

  private static List<ExchangeSpec> exchanges(String name, Partitions partitions) {
    List<ExchangeSpec> exchanges = new ArrayList<>();
    exchanges.add(new ExchangeSpec(intake(name), "fanout", false, false));
    exchanges.add(
        new ExchangeSpec(
            Partitions.door(name),
            "headers",
            false,
            false,
            List.of(),
            Map.of("alternate-exchange", intake(name))));
    if (partitions.hashedByBroker()) {
      Map<String, Object> byKey = Map.of("hash-header", Partitions.keyHeader(name));
      exchanges.add(
          new ExchangeSpec(Partitions.hash(name), CONSISTENT_HASH, false, false, List.of(), byKey));
    }
    return exchanges;
  }

  private static Map<String, Object> marked(String queue, String value) {
    return Map.of("x-match", "all", Partitions.header(queue), value);
  }

  /** The names that a queue with partitions takes beside its own. */
  static List<String> names(String queue, Partitions partitions) {
    List<String> names = new ArrayList<>(List.of(Partitions.door(queue), intake(queue)));
    if (partitions.hashedByBroker()) {
      names.add(Partitions.hash(queue));
    }
    for (int i = 0; i < partitions.count(); i++) {
      names.add(Partitions.name(queue, i));
    }
    return names;
  }

  /** Its consumer waits; there are no queues for it. */
  private static List<Rung> rungs(QueueDraft draft) {
    return draft.retry().orElse(null) instanceof QueueDraft.Retry.Ladder ladder
        ? ladder.waits().stream().map(wait -> rung(draft, wait)).toList()
        : List.of();
  }

  private static Rung rung(QueueDraft draft, Duration wait) {
    return new Rung(wait, "", draft.name());
  }

  private static String intake(String queue) {
    return queue + ".intake";
  }
}
