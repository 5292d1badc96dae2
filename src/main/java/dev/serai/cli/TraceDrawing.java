package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The tree of events that {@code GET /trace/{id}} answers, for people. */
final class TraceDrawing {
  private static final int ERROR = 80; // characters of an error in a line

  private final JsonNode trace;
  private final List<JsonNode> events = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  /**
   * Draws nothing yet.
   *
   * @param trace its events in the order of the tree, each with its depth
   */
  TraceDrawing(JsonNode trace) {
    this.trace = trace;
    trace.path("events").forEach(events::add);
  }

  /** The lines. */
  String text() {
    for (int i = 0; i < events.size(); i++) {
      event(i);
    }
    if (trace.path("complete").isBoolean() && !trace.path("complete").asBoolean()) {
      line("", Terminal.yellow("… and more: the chain is longer than is shown"));
    }
    return text.toString();
  }

  private void event(int index) {
    JsonNode event = events.get(index);
    int depth = event.path("depth").asInt();
    String id = event.path("id").asText();
    boolean asked = id.equals(trace.path("id").asText());
    String branch = depth == 0 ? "" : hasNext(index, depth) ? "├─ " : "└─ ";
    String name = asked ? Terminal.bold(id) : Terminal.clean(id);
    line(
        stems(index, depth) + branch,
        event.path("known").asBoolean(true)
            ? "%s  %s  %s%s"
                .formatted(
                    name,
                    Terminal.clean(event.path("type").asText("-")),
                    Terminal.faint(event.path("time").asText("-")),
                    others(event))
            : name + "  " + Terminal.faint("(not known here)"));
    boolean hasChildren =
        index + 1 < events.size() && events.get(index + 1).path("depth").asInt() > depth;
    String below =
        stems(index, depth)
            + (depth == 0 ? "" : hasNext(index, depth) ? "│  " : "   ")
            + (hasChildren ? "│    " : "     ");
    event.path("steps").forEach(step -> line(below, step(step)));
    event.path("webhooks").forEach(webhook -> webhook(below, webhook));
  }

  /** Parents but the one below which it stands. */
  private static String others(JsonNode event) {
    List<String> parents = new ArrayList<>();
    event.path("parents").forEach(parent -> parents.add(Terminal.clean(parent.asText())));
    return parents.size() < 2 ? "" : "  also from " + String.join(", ", parents);
  }

  /** The lines of the branches that go on beside this event. */
  private String stems(int index, int depth) {
    StringBuilder stems = new StringBuilder();
    for (int level = 1; level < depth; level++) {
      stems.append(hasNext(index, level) ? "│  " : "   ");
    }
    return stems.toString();
  }

  /** Whether another branch follows at a level before the tree goes back above it. */
  private boolean hasNext(int index, int level) {
    for (JsonNode later : events.subList(index + 1, events.size())) {
      int depth = later.path("depth").asInt();
      if (depth <= level) {
        return depth == level;
      }
    }
    return false;
  }

  private static String step(JsonNode step) {
    String what = step.path("what").asText();
    StringBuilder said = new StringBuilder();
    add(said, "to ", step.path("exchange"));
    add(said, "key ", step.path("routing_key"));
    add(said, "queue ", step.path("queue"));
    add(said, "route ", step.path("route"));
    add(said, "attempt ", step.path("attempt"));
    add(said, "", step.path("error"));
    String name = "%-9s".formatted(what);
    return switch (what) {
          case "parked" -> Terminal.red(name);
          case "retried" -> Terminal.yellow(name);
          default -> Terminal.clean(name);
        }
        + " "
        + Terminal.faint(step.path("time").asText())
        + said;
  }

  private static void add(StringBuilder said, String name, JsonNode value) {
    String shown = value.asText("");
    if (!shown.isEmpty()) {
      String cut = shown.length() <= ERROR ? shown : shown.substring(0, ERROR - 1) + "…";
      said.append("  ").append(name).append(Terminal.clean(cut));
    }
  }

  private void webhook(String below, JsonNode webhook) {
    String state = webhook.path("state").asText();
    line(
        below,
        "webhook   %s  %s"
            .formatted(
                Terminal.clean(webhook.path("webhook").asText()),
                state.equals("failed") ? Terminal.red(state) : Terminal.clean(state)));
    for (JsonNode attempt : webhook.path("attempts")) {
      StringBuilder said = new StringBuilder();
      add(said, "status ", attempt.path("status"));
      add(said, "", attempt.path("error"));
      line(below, "  attempt %s%s".formatted(Terminal.faint(attempt.path("time").asText()), said));
    }
  }

  private void line(String stem, String said) {
    text.append(stem).append(said).append(System.lineSeparator());
  }
}
