package dev.serai.delivery;

import dev.serai.topology.Topologies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Topologies without files. */
final class TestTopologies implements Topologies {
  private final Map<String, ExchangeSpec> exchanges = new LinkedHashMap<>();
  private final Map<String, QueueSpec> queues = new LinkedHashMap<>();
  private final List<BindingSpec> bindings = new ArrayList<>();

  /** {@code work} with waits of 5 s and 30 s and the parking queue {@code dead}. */
  static TestTopologies ladder() {
    return new TestTopologies()
        .exchange("events", true)
        .queue("work", Map.of(), Optional.of("dead"), List.of(rung(5), rung(30)))
        .parking("dead");
  }

  TestTopologies exchange(String name, boolean open) {
    exchanges.put(name, new ExchangeSpec(name, "fanout", false, open));
    return this;
  }

  TestTopologies queue(
      String name, Map<String, Object> arguments, Optional<String> park, List<Rung> rungs) {
    queues.put(name, new QueueSpec(name, arguments, rungs, park, Role.WORK));
    return this;
  }

  TestTopologies parking(String name) {
    queues.put(name, new QueueSpec(name, Map.of(), List.of(), Optional.empty(), Role.PARK));
    return this;
  }

  TestTopologies binding(String exchange, String queue) {
    bindings.add(new BindingSpec(exchange, queue, ""));
    return this;
  }

  static Rung rung(int seconds) {
    return new Rung(Duration.ofSeconds(seconds), "", "work.wait." + seconds + "s");
  }

  @Override
  public Map<String, ExchangeSpec> exchanges() {
    return exchanges;
  }

  @Override
  public Map<String, QueueSpec> queues() {
    return queues;
  }

  @Override
  public List<BindingSpec> bindings() {
    return bindings;
  }
}
