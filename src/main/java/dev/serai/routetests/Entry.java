package dev.serai.routetests;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a test's message comes in.
 *
 * @param kind of input
 * @param name the verb with its template, the queue or the route's id
 * @param address the request with the template, or the route's uri
 * @param file that has the input
 */
record Entry(Kind kind, String name, String address, RouteSource file) {

  /** Kinds of inputs. */
  enum Kind {
    /** An HTTP request to a rest block. */
    REQUEST,
    /** A message of a queue. */
    QUEUE,
    /** A route that others call, or one with an input that only the test drives. */
    ROUTE
  }

  /** Finds the input that is meant; none when there is none, which is noted. */
  static Optional<Entry> of(Send send, RouteSource beside, RouteIndex index) {
    if (send.request().isPresent()) {
      return request(send, send.request().get(), index);
    }
    if (send.route().isPresent()) {
      return route(send, send.route().get(), index);
    }
    if (send.queue().isPresent()) {
      return queue(send, send.queue().get(), index);
    }
    Set<String> inputs = new LinkedHashSet<>(beside.verbs().keySet());
    if (inputs.size() == 1) {
      String verb = inputs.iterator().next();
      return verb.contains("{") ? ambiguous(send) : request(send, verb, index);
    }
    if (!inputs.isEmpty() || beside.routes().size() != 1) {
      return ambiguous(send);
    }
    if (beside.queues().size() == 1) {
      return queue(send, beside.queues().keySet().iterator().next(), index);
    }
    return route(send, beside.routes().keySet().iterator().next(), index);
  }

  private static Optional<Entry> ambiguous(Send send) {
    send.at()
        .refuse(
            "missing-key",
            "the file beside has not one input alone",
            "add request: POST /path, queue: name or route: id");
    return Optional.empty();
  }

  private static Optional<Entry> request(Send send, String request, RouteIndex index) {
    List<String> verbs = index.verbs().stream().sorted().toList();
    String[] words = request.split(" ", 2);
    for (String verb : verbs) {
      String[] known = verb.split(" ", 2);
      if (words.length == 2 && known[0].equals(words[0]) && Request.fits(known[1], words[1])) {
        return index
            .ofVerb(verb)
            .map(file -> new Entry(Kind.REQUEST, verb, request + " " + known[1], file));
      }
    }
    send.at()
        .part("request")
        .orElse(send.at())
        .refuse(
            "unknown-request",
            "no rest block takes \"%s\"".formatted(request),
            Part.instead(request, verbs));
    return Optional.empty();
  }

  private static Optional<Entry> queue(Send send, String queue, RouteIndex index) {
    Optional<Entry> entry =
        index.ofQueue(queue).map(file -> new Entry(Kind.QUEUE, queue, queue, file));
    if (entry.isEmpty()) {
      send.at()
          .part("queue")
          .orElse(send.at())
          .refuse(
              "unknown-queue",
              "no route consumes \"%s\"".formatted(queue),
              Part.instead(queue, index.queues()));
    }
    return entry;
  }

  private static Optional<Entry> route(Send send, String id, RouteIndex index) {
    Optional<String> consumed =
        index.ofRoute(id).flatMap(file -> file.queueOf(id)).filter(q -> send.queue().isEmpty());
    if (consumed.isPresent()) {
      return queue(send, consumed.get(), index);
    }
    Optional<Entry> entry =
        index
            .ofRoute(id)
            .map(
                file ->
                    new Entry(
                        Kind.ROUTE, id, file.routes().getOrDefault(id, "direct:" + id), file));
    if (entry.isEmpty()) {
      send.at()
          .part("route")
          .orElse(send.at())
          .refuse(
              "unknown-route",
              "there is no route \"%s\"".formatted(id),
              Part.instead(id, index.routes()));
    }
    return entry;
  }
}
