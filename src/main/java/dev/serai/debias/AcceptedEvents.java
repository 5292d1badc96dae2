package dev.serai.debias;

import java.util.List;

/**
 * The events of one request, checked and complete.
 *
 * @param events in the order of the request
 */
public record AcceptedEvents(List<Event> events) {

  /** Each event as JSON in UTF-8, in the order of the request. */
  public List<byte[]> documents() {
    return events.stream().map(Event::json).toList();
  }

  /**
   * One event.
   *
   * @param id known to the caller; printable ASCII
   * @param type what the user did
   * @param json the whole event in UTF-8, with {@code event_id} and {@code event_time}
   */
  public record Event(String id, String type, byte[] json) {}
}
