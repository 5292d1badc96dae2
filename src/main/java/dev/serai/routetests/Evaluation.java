package dev.serai.routetests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Holds what has happened against what a test expects. */
final class Evaluation {
  private static final List<String> OF_ANSWER = List.of("status", "headers", "body", "variables");
  private static final int ERROR = 400;

  private final Expectations expect;
  private final Recording recording;
  private final List<Mismatch> mismatches = new ArrayList<>();
  private final Comparison comparison = new Comparison(mismatches);

  Evaluation(Expectations expect, Recording recording) {
    this.expect = expect;
    this.recording = recording;
  }

  /**
   * All differences.
   *
   * @param send the last that was sent
   * @param entry where it went
   * @param ended its exchanges
   */
  List<Mismatch> of(Send send, Entry entry, List<Exchange> ended) {
    compareAnswer(send, entry, ended.get(ended.size() - 1));
    compareEnd(send, entry, ended);
    for (Recording.Kind kind : Recording.Kind.values()) {
      if (kind != Recording.Kind.CALL) {
        compareMessages(kind);
      }
    }
    compareCalls();
    expect.of("order").ifPresent(this::compareOrder);
    recording.unanswered().stream()
        .distinct()
        .forEach(name -> note(send.at(), "given", "an answer of " + name, "none is written"));
    return mismatches;
  }

  private void compareAnswer(Send send, Entry entry, Exchange exchange) {
    ObjectNode answer = Courier.answer(exchange, entry);
    for (String key : OF_ANSWER) {
      Comparison by = key.equals("headers") ? comparison.ofHeaders() : comparison;
      expect.of(key).ifPresent(part -> by.compare(part, answer.path(key), key));
    }
    int status = answer.path("status").asInt();
    if (status >= ERROR && expect.of("status").isEmpty()) {
      note(send.at(), "status", "below 400", status + " " + Tree.text(answer.path("body")));
    }
  }

  /** A failure that reached the end of a route: of a queue's message, or for the caller. */
  private void compareEnd(Send send, Entry entry, List<Exchange> ended) {
    Exception failure =
        ended.stream()
            .map(Exchange::getException)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    Optional<Part> fails = expect.of("fails");
    fails.ifPresent(part -> compareFailure(part, failure));
    if (fails.isEmpty() && expect.stays() == (failure == null)) {
      boolean queue = entry.kind() == Entry.Kind.QUEUE;
      if (expect.stays()) {
        note(expect.at(), "stays", "the message comes back to its queue", "it was acknowledged");
      } else if (entry.kind() != Entry.Kind.REQUEST) {
        note(
            send.at(),
            "send",
            queue ? "the message is acknowledged" : "the route ends well",
            "fails with " + failure);
      }
    }
  }

  private void compareFailure(Part expected, @Nullable Exception failure) {
    Map.Entry<String, Part> named =
        expected.isMapping() ? expected.entries().entrySet().iterator().next() : null;
    String name = named == null ? expected.text() : named.getKey();
    if (failure == null || !Failures.isNamed(failure, name)) {
      note(expected, "fails", name, failure == null ? "the route ends well" : failure.toString());
    } else if (named != null) {
      comparison.compare(named.getValue(), Tree.of(failure.getMessage()), "fails." + name);
    }
  }

  private void compareMessages(Recording.Kind kind) {
    ArrayNode seen = recording.seen(kind);
    Optional<Part> expected = expect.of(kind.key());
    if (expected.isEmpty()) {
      if (!seen.isEmpty() && !expect.ignoresOthers()) {
        note(expect.at(), kind.key(), "nothing else", Shown.of(seen));
      }
      return;
    }
    Part part = expected.get();
    if (part.isMapping() && Matcher.of(part).isEmpty() && seen.size() == 1) {
      comparison.ofEntries().compare(part, seen.path(0), kind.key());
    } else {
      compareList(part, seen, kind.key());
    }
  }

  private void compareCalls() {
    expect
        .calls()
        .forEach(
            (name, part) -> {
              ArrayNode seen = recording.seen(name);
              if (!part.isMapping() && !part.isList()) {
                if (!part.text().equals(String.valueOf(seen.size()))) {
                  note(part, name, calls(part.text()), calls(String.valueOf(seen.size())));
                }
              } else {
                compareList(part, seen, name);
              }
            });
    if (!expect.ignoresOthers()) {
      recording.events().stream()
          .filter(event -> event.kind() == Recording.Kind.CALL)
          .filter(event -> !expect.calls().containsKey(event.name()))
          .forEach(event -> note(expect.at(), "calls", "nothing else", event.toString()));
    }
  }

  private void compareList(Part expected, JsonNode seen, String path) {
    if (Matcher.of(expected).isPresent()) {
      comparison.ofEntries().compare(expected, seen, path);
      return;
    }
    List<Part> items = expected.items();
    if (items.size() != seen.size()) {
      note(expected, path, items.size() + " of them", String.valueOf(seen.size()));
      return;
    }
    for (int i = 0; i < items.size(); i++) {
      comparison.ofEntries().compare(items.get(i), seen.path(i), path + "[" + i + "]");
    }
  }

  private static String calls(String count) {
    return count.equals("1") ? "1 call" : count + " calls";
  }

  private void compareOrder(Part expected) {
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    recording.events().forEach(event -> names.add(event.name()));
    comparison.compare(expected, names, "order");
  }

  private void note(Part at, String path, String expected, String got) {
    mismatches.add(new Mismatch(at.place(), path, expected, got));
  }
}
