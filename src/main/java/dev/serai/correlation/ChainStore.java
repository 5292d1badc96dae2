package dev.serai.correlation;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Keeps events, their links and what happened to them. Thread-safe. */
interface ChainStore {

  /**
   * Adds what was seen, all or none of it; what is there already stays as it is.
   *
   * @throws org.springframework.dao.DataAccessException if it could not be stored
   */
  void add(List<Sighting> sightings);

  /** Those of these events that are kept, by their id. */
  Map<String, LinkedEvent> events(Collection<String> ids);

  /** Ids of events that name one of these as their parent, at most so many. */
  List<String> children(Collection<String> ids, int most);

  /** Ids of the events of a group, the earliest first, at most so many. */
  List<String> group(String correlationId, int most);

  /** What happened to each of these events, in that order; nothing for one that is not there. */
  Map<String, List<Step>> steps(Collection<String> ids);

  /**
   * Deletes what is older.
   *
   * @param most events at once, so that no transaction is large
   * @return how many events
   */
  int forget(Duration age, int most);
}
