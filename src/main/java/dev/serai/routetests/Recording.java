package dev.serai.routetests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** What happened outside the routes while a test ran, in order. Safe for concurrent use. */
final class Recording {
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final List<String> unanswered = new CopyOnWriteArrayList<>();
  private final Set<String> routes = ConcurrentHashMap.newKeySet();

  /** What an event is about. */
  enum Kind {
    /** An endpoint or a bean's method was called. */
    CALL("calls"),
    /** The broker has confirmed a new message. */
    PUBLISHED("published"),
    /** The broker has a failed message in a wait queue. */
    RETRIED("retried"),
    /** The broker has a failed message in a parking queue. */
    PARKED("parked"),
    /** A failed message was given up. */
    DROPPED("dropped");

    private final String key;

    Kind(String key) {
      this.key = key;
    }

    /** The key of the expectation. */
    String key() {
      return key;
    }
  }

  /**
   * One event.
   *
   * @param name of the endpoint, the method or the outcome
   * @param seen what it got
   */
  record Event(Kind kind, String name, JsonNode seen) {
    @Override
    public String toString() {
      return (name + " " + Shown.of(seen)).strip();
    }
  }

  void add(Kind kind, String name, JsonNode seen) {
    events.add(new Event(kind, name, seen));
  }

  /** Something was asked that the test gives no answer for. */
  void addUnanswered(String what) {
    unanswered.add(what);
  }

  void addRoute(String id) {
    routes.add(id);
  }

  List<Event> events() {
    return events;
  }

  List<String> unanswered() {
    return unanswered;
  }

  /** The routes that something went through. */
  Set<String> routes() {
    return routes;
  }

  /** What was seen of one kind, in order. */
  ArrayNode seen(Kind kind) {
    return list(events.stream().filter(event -> event.kind() == kind));
  }

  /** What an endpoint or a method got, in order. */
  ArrayNode seen(String name) {
    return list(
        events.stream().filter(event -> event.kind() == Kind.CALL && event.name().equals(name)));
  }

  private static ArrayNode list(Stream<Event> events) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    events.forEach(event -> list.add(event.seen()));
    return list;
  }
}
