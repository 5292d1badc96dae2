package dev.serai.correlation;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;

/** Reads chains from the store, and what waits to be stored. Thread-safe. */
class ChainReader {
  private final ChainStore store;
  private final Recorder recorder;
  private final CorrelationSettings settings;
  private final Timer timer;

  ChainReader(
      ChainStore store, Recorder recorder, CorrelationSettings settings, MeterRegistry meters) {
    this.store = store;
    this.recorder = recorder;
    this.settings = settings;
    this.timer = meters.timer("serai.correlation.lookup");
  }

  /** Whether links are recorded at all. */
  boolean isOn() {
    return settings.enabled();
  }

  /** Most events in one answer. */
  int most() {
    return settings.mostEvents();
  }

  /** Those of these events that are known. */
  Map<String, LinkedEvent> events(Collection<String> ids) {
    Map<String, LinkedEvent> found = new HashMap<>();
    Map<String, LinkedEvent> pending = recorder.pending();
    ids.forEach(
        id -> {
          LinkedEvent event = pending.get(id);
          if (event != null) {
            found.put(id, event);
          }
        });
    found.putAll(asked(() -> store.events(ids)));
    return found;
  }

  /** Ids of events that name one of these as their parent. */
  Set<String> children(Collection<String> ids) {
    Set<String> children = new LinkedHashSet<>(asked(() -> store.children(ids, most() + 1)));
    Set<String> wanted = Set.copyOf(ids);
    for (LinkedEvent event : recorder.pending().values()) {
      if (event.parents().stream().anyMatch(wanted::contains)) {
        children.add(event.id());
      }
    }
    return children;
  }

  /** Ids of the events of a group. */
  List<String> group(String correlationId) {
    List<String> ids = new ArrayList<>(asked(() -> store.group(correlationId, most() + 1)));
    recorder.pending().values().stream()
        .filter(event -> Objects.equals(event.correlationId(), correlationId))
        .map(LinkedEvent::id)
        .filter(id -> !ids.contains(id))
        .forEach(ids::add);
    return ids;
  }

  /** What happened to each of these events. */
  Map<String, List<Step>> steps(Collection<String> ids) {
    Map<String, List<Step>> steps = asked(() -> store.steps(ids));
    steps.replaceAll((id, several) -> Step.once(several));
    return steps;
  }

  /** Deletes what is older; see {@link ChainStore#forget}. */
  int forget(Duration age, int most) {
    return asked(() -> store.forget(age, most));
  }

  private <T> T asked(Supplier<T> question) {
    try {
      T answer = Objects.requireNonNull(timer.record(question));
      recorder.told(true);
      return answer;
    } catch (DataAccessException e) {
      recorder.told(false);
      throw e;
    }
  }
}
