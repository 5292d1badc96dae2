package dev.serai.correlation;

import dev.serai.files.TimeText;
import dev.serai.http.ProblemException;
import dev.serai.http.ProblemException.FieldError;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** What routes ask about chains before they add to them. Bean {@code chains}; thread-safe. */
@Component("chains")
public class Chains {
  private static final Logger LOG = LoggerFactory.getLogger(Chains.class);

  private final ChainReader reader;

  Chains(ChainReader reader) {
    this.reader = reader;
  }

  /**
   * Finds the group that a new event belongs to.
   *
   * @param id of the event; null when it has just been made, so that nobody can know it
   * @param parents of the event, the direct cause first
   * @return the correlation id of the first parent; null when it has none, or is not known, or the
   *     store does not answer
   * @throws ProblemException 409 {@code parent-cycle} if the event would be its own ancestor
   */
  public @Nullable String join(@Nullable String id, Collection<String> parents)
      throws ProblemException {
    try {
      if (id != null && (parents.contains(id) || isOn() && isAncestor(id, parents))) {
        throw new ProblemException(
            409,
            "parent-cycle",
            "The event \"%s\" would be its own ancestor; give it another event_id, or other parents."
                .formatted(id),
            List.of(new FieldError("#/parent_event_ids", "leads back to the event")));
      }
      if (parents.isEmpty() || !isOn()) {
        return null;
      }
      String first = parents.iterator().next();
      LinkedEvent parent = reader.events(List.of(first)).get(first);
      return parent == null ? null : parent.correlationId();
    } catch (DataAccessException e) { // no reason not to publish
      LOG.debug("The chain of {} cannot be looked at", id, e);
      return null;
    }
  }

  private boolean isOn() {
    return reader.isOn();
  }

  /** Walks up from the parents; not at all when nobody names the event as a parent. */
  private boolean isAncestor(String id, Collection<String> parents) {
    if (reader.children(List.of(id)).isEmpty()) {
      return false;
    }
    Set<String> seen = new HashSet<>(parents);
    Collection<String> next = parents;
    while (!next.isEmpty() && seen.size() <= reader.most()) {
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
   * @return how many
   */
  public int forget(String age, int most) {
    return reader.forget(TimeText.read(age).orElseThrow(), most);
  }
}
