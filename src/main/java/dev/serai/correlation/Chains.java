package dev.serai.correlation;

import dev.serai.files.TimeText;
import dev.serai.http.ProblemException;
import dev.serai.http.ProblemException.FieldError;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What routes ask about chains before they add to them. Bean {@code chains}; thread-safe. */
@Component("chains")
public class Chains {
  private final ChainReader reader;
  private final BriefLook look;
  private final Recorder recorder;

  Chains(ChainReader reader, BriefLook look, Recorder recorder) {
    this.reader = reader;
    this.look = look;
    this.recorder = recorder;
  }

  /** Adds those events to their chains of which nobody has told when they were published. */
  public void addMissing(List<SeenEvent> events) {
    if (!isOn() || events.isEmpty()) {
      return;
    }
    Set<String> ids = events.stream().map(SeenEvent::id).collect(Collectors.toSet());
    Set<String> known = look.ask(() -> reader.events(ids).keySet()).orElse(Set.of());
    events.stream()
        .filter(event -> !known.contains(event.id()))
        .flatMap(event -> Sighting.of(event).stream())
        .forEach(recorder::take);
  }

  /**
   * An event that is about to be published.
   *
   * @param id null when it has just been made, so that nobody can know it
   */
  private record Newcomer(@Nullable String id, List<String> parents) {}

  /** Where it would stand. */
  private record Place(boolean inCircle, @Nullable String group) {}

  /**
   * Finds the group that a new event belongs to.
   *
   * @param id of the event; null when it has just been made, so that nobody can know it
   * @param parents of the event, the direct cause first
   * @return the correlation id of the first parent; null when it has none, or is not known, or the
   *     store does not answer soon
   * @throws ProblemException 409 {@code parent-cycle} if the event would be its own ancestor, as
   *     far as the store answers soon
   */
  public @Nullable String join(@Nullable String id, Collection<String> parents)
      throws ProblemException {
    return places(List.of(new Newcomer(id, List.copyOf(parents)))).get(0).group();
  }

  /**
   * Lets messages that are about to be published join the groups of their parents, where they do
   * not name one: those get the header {@code correlationid}.
   *
   * @param messages with links in their headers
   * @throws ProblemException 409 {@code parent-cycle} if one would be its own ancestor
   */
  public void joinGroups(List<Message> messages) throws ProblemException {
    List<EventHeaders> said =
        messages.stream().map(message -> new EventHeaders(message.getHeaders())).toList();
    List<Place> places =
        places(said.stream().map(h -> new Newcomer(h.attribute("id"), h.parents())).toList());
    for (int i = 0; i < places.size(); i++) {
      List<String> parents = said.get(i).parents();
      if (!parents.isEmpty() && said.get(i).correlation() == null) {
        String group = places.get(i).group();
        messages.get(i).setHeader("correlationid", group == null ? parents.get(0) : group);
      }
    }
  }

  private List<Place> places(List<Newcomer> events) throws ProblemException {
    for (Newcomer event : events) {
      if (event.id() != null && event.parents().contains(event.id())) {
        throw circle(event.id());
      }
    }
    List<Place> nowhere = events.stream().map(event -> new Place(false, null)).toList();
    if (!isOn() || events.stream().allMatch(event -> event.parents().isEmpty())) {
      return nowhere;
    }
    List<Place> places = look.ask(() -> events.stream().map(this::place).toList()).orElse(nowhere);
    for (int i = 0; i < places.size(); i++) {
      if (places.get(i).inCircle()) {
        throw circle(events.get(i).id());
      }
    }
    return places;
  }

  private Place place(Newcomer event) {
    if (event.parents().isEmpty()) {
      return new Place(false, null);
    }
    String first = event.parents().get(0);
    LinkedEvent parent = reader.events(List.of(first)).get(first);
    return new Place(
        event.id() != null && isAncestor(event.id(), event.parents()),
        parent == null ? null : parent.correlationId());
  }

  private static ProblemException circle(@Nullable String id) {
    return new ProblemException(
        409,
        "parent-cycle",
        "The event \"%s\" would be its own ancestor; give it another event_id, or other parents."
            .formatted(id),
        List.of(new FieldError("#/parent_event_ids", "leads back to the event")));
  }

  private boolean isOn() {
    return reader.isOn();
  }

  /**
   * Walks up from the parents, not at all when nobody names the event as a parent. A chain that is
   * too long for the time is no reason to keep others from asking.
   */
  private boolean isAncestor(String id, Collection<String> parents) {
    if (reader.children(List.of(id)).isEmpty()) {
      return false;
    }
    long end = look.end();
    Set<String> seen = new HashSet<>(parents);
    Collection<String> next = parents;
    while (!next.isEmpty() && seen.size() <= reader.most()) {
      if (System.nanoTime() - end > 0) {
        look.answeredInPart();
        return false;
      }
      Map<String, LinkedEvent> events = reader.events(next);
      Set<String> above = new HashSet<>();
      events.values().forEach(event -> above.addAll(event.parents()));
      if (above.contains(id)) {
        return true;
      }
      above.removeAll(seen);
      seen.addAll(above);
      next = above;
    }
    return false;
  }

  /**
   * Deletes old events.
   *
   * @param age such as {@code 14d}
   * @param most of them, so that no transaction is large
   * @return whether more may be left
   */
  public boolean forget(String age, int most) {
    return reader.forget(TimeText.read(age).orElseThrow(), most) >= most;
  }
}
