package dev.serai.correlation;

import dev.serai.http.ProblemException;
import dev.serai.http.ProblemException.FieldError;
import dev.serai.http.RequestLine;
import dev.serai.webhooks.DeliveredEvents;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Answers what led to what. Bean {@code trace}; thread-safe. */
@Component("trace")
public class Trace {
  private final ChainReader reader;
  private final DeliveredEvents delivered;

  Trace(ChainReader reader, DeliveredEvents delivered) {
    this.reader = reader;
    this.delivered = delivered;
  }

  /**
   * Answers {@code GET /trace/{id}?part=}.
   *
   * @throws ProblemException 400 for a part that there is not, 404 for an id that nobody knows, 503
   *     when the store does not answer
   */
  public TraceAnswer find(Exchange request) throws ProblemException {
    RequestLine line = RequestLine.of(request);
    String part = Objects.requireNonNullElse(line.query("part"), "all");
    if (!Set.of("all", "ancestors", "descendants").contains(part)) {
      throw new ProblemException(
          400,
          "bad-part",
          "part is all, ancestors or descendants.",
          List.of(new FieldError("part", "is \"" + part + "\"")));
    }
    try {
      return find(line.segment(1), part);
    } catch (DataAccessException e) {
      ProblemException away =
          new ProblemException(
              503,
              "trace-unavailable",
              "The store of the chains does not answer; ask again.",
              List.of());
      away.initCause(e);
      throw away;
    }
  }

  /**
   * Finds what hangs together.
   *
   * @param id of an event or of a group
   * @param part {@code all}, {@code ancestors} or {@code descendants}
   */
  TraceAnswer find(String id, String part) throws ProblemException {
    LinkedEvent event = reader.events(List.of(id)).get(id);
    boolean all = part.equals("all");
    Walk walk = new Walk(reader);
    Set<String> starts = new LinkedHashSet<>();
    if (event != null || !reader.children(List.of(id)).isEmpty()) {
      starts.add(id);
    }
    String group = event == null ? id : event.correlationId();
    if (group != null && (all || starts.isEmpty())) {
      starts.addAll(reader.group(group));
    }
    if (starts.isEmpty()) {
      throw new ProblemException(
          404,
          "unknown-trace",
          "No event and no correlation id \"%s\" is known (any more).".formatted(id),
          List.of());
    }
    walk.from(starts, !part.equals("descendants"), !part.equals("ancestors"));
    return answer(id, group(walk, group), walk);
  }

  /** The group is only one if an event says so. */
  private static @Nullable String group(Walk walk, @Nullable String group) {
    return walk.known().values().stream().anyMatch(e -> Objects.equals(e.correlationId(), group))
        ? group
        : null;
  }

  private TraceAnswer answer(String id, @Nullable String group, Walk walk) {
    TreeOrder order = new TreeOrder(walk.known());
    Map<String, List<Step>> steps = reader.steps(walk.known().keySet());
    Map<String, List<DeliveredEvents.Delivery>> webhooks = delivered.of(walk.known().keySet());
    List<TraceAnswer.Entry> entries =
        order.depths(walk.ids()).entrySet().stream()
            .map(
                place -> {
                  LinkedEvent event = walk.known().get(place.getKey());
                  List<String> children = order.children(place.getKey());
                  return event == null
                      ? unknown(place.getKey(), place.getValue(), children)
                      : entry(
                          event,
                          place.getValue(),
                          children,
                          steps.getOrDefault(event.id(), List.of()),
                          webhooks.getOrDefault(event.id(), List.of()));
                })
            .toList();
    return new TraceAnswer(id, group, walk.isComplete(), entries);
  }

  private static TraceAnswer.Entry unknown(String id, int depth, List<String> children) {
    return new TraceAnswer.Entry(
        id, false, depth, List.of(), children, null, null, null, null, null, null);
  }

  private static TraceAnswer.Entry entry(
      LinkedEvent event,
      int depth,
      List<String> children,
      List<Step> steps,
      List<DeliveredEvents.Delivery> webhooks) {
    return new TraceAnswer.Entry(
        event.id(),
        true,
        depth,
        event.parents(),
        children,
        event.correlationId(),
        event.type(),
        event.source(),
        event.time().toString(),
        List.copyOf(steps),
        webhooks);
  }
}
