package dev.serai.topology;

import dev.serai.broker.UnroutableRule;
import dev.serai.files.Packs;
import dev.serai.health.HealthCheck;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The topologies that are in use now. Thread-safe: a change is seen as a whole. */
@Component
@Primary
public final class LiveTopologies implements Topologies, UnroutableRule, HealthCheck {
  private static final Logger LOG = LoggerFactory.getLogger(LiveTopologies.class);

  private final ApplicationEventPublisher events;
  private volatile LoadedTopologies current;

  /** Other queues and exchanges are in use now. */
  public record Changed() {}

  LiveTopologies(Packs packs, Environment values, ApplicationEventPublisher events) {
    this.events = events;
    current = LoadedTopologies.read(packs.topologyFiles(), values);
    for (TopologyFile file : current.refused()) {
      LOG.error(
          "{} is left out:{}{}",
          file.path(),
          System.lineSeparator(),
          new TopologyRefusedException(file.problems()).getMessage());
    }
  }

  /** What is in use now; it does not change when another is used. */
  public LoadedTopologies current() {
    return current;
  }

  /** Uses another from now on; nothing is declared yet. */
  public void use(LoadedTopologies other) {
    current = other;
    events.publishEvent(new Changed());
  }

  @Override
  public Map<String, ExchangeSpec> exchanges() {
    return current.exchanges();
  }

  @Override
  public Map<String, QueueSpec> queues() {
    return current.queues();
  }

  @Override
  public List<BindingSpec> bindings() {
    return current.bindings();
  }

  @Override
  public boolean dropsUnroutable(String exchange) {
    ExchangeSpec spec = exchanges().get(exchange);
    return spec != null && spec.unroutableDropped();
  }

  @Override
  public Result check() {
    List<TopologyFile> refused = current.refused();
    return refused.isEmpty()
        ? new Result("topology-files", Status.Healthy, "All topology files are in use")
        : new Result(
            "topology-files",
            Status.Degraded,
            "Left out: "
                + String.join(", ", refused.stream().map(f -> f.path().toString()).toList()));
  }

  @Override
  public boolean tellsOfStart() {
    return true;
  }
}
