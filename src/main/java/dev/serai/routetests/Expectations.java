package dev.serai.routetests;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What must have happened when a test has ended.
 *
 * @param at where it is written
 */
record Expectations(Part at) {
  private static final List<String> KEYS =
      List.of(
          "status",
          "headers",
          "body",
          "variables",
          "fails",
          "stays",
          "published",
          "retried",
          "parked",
          "dropped",
          "calls",
          "order",
          "others");
  private static final Map<String, List<String>> OF_MESSAGES =
      Map.of(
          "published",
          List.of("exchange", "routing-key", "id", "priority", "content-type", "headers", "body"),
          "retried",
          List.of("queue", "wait", "attempt", "reason", "id", "headers", "body"),
          "parked",
          List.of("queue", "from", "attempt", "reason", "id", "headers", "body"),
          "dropped",
          List.of("queue", "reason"));
  private static final int ERROR = 400;

  static Expectations read(Part part) {
    part.allow(KEYS);
    checkPatterns(part);
    OF_MESSAGES.forEach(
        (key, known) ->
            part.part(key)
                .filter(value -> Matcher.of(value).isEmpty())
                .ifPresent(value -> value.items().forEach(item -> item.allow(known))));
    part.part("others")
        .filter(value -> !value.text().equals("ignored"))
        .ifPresent(
            value ->
                value.refuse(
                    "wrong-value",
                    "\"%s\" is nothing for others".formatted(value.text()),
                    "write ignored, or leave it out: then nothing else may happen"));
    part.part("stays")
        .filter(value -> !value.text().equals("true"))
        .ifPresent(
            value ->
                value.refuse(
                    "wrong-value",
                    "\"%s\" is nothing for stays".formatted(value.text()),
                    "write true, or leave it out: then the message is acknowledged"));
    part.mapping("calls")
        .ifPresent(calls -> calls.entries().forEach((name, call) -> readCall(name, call)));
    return new Expectations(part);
  }

  private static void checkPatterns(Part part) {
    Matcher.of(part)
        .filter(matcher -> matcher.kind() == Matcher.Kind.MATCHES)
        .ifPresent(
            matcher -> {
              try {
                Pattern.compile(matcher.part().text());
              } catch (PatternSyntaxException e) {
                matcher
                    .part()
                    .refuse(
                        "wrong-value",
                        "\"%s\" is no regular expression".formatted(matcher.part().text()),
                        "mend it: " + e.getDescription());
              }
            });
    part.entries().values().forEach(Expectations::checkPatterns);
    if (part.isList()) {
      part.items().forEach(Expectations::checkPatterns);
    }
  }

  private static void readCall(String name, Part call) {
    if (!call.isList() && !call.isMapping() && !call.text().matches("\\d{1,6}")) {
      call.refuse(
          "wrong-type",
          "\"%s\" does not say what %s got".formatted(call.text(), name),
          "write how many calls, or a list with what each got");
    }
    if (Matcher.of(call).isEmpty() && (call.isList() || call.isMapping())) {
      call.items().forEach(item -> item.allow(List.of("body", "headers", "arguments")));
    }
  }

  Optional<Part> of(String key) {
    return at.part(key);
  }

  /** What each endpoint and bean got, by its name. */
  Map<String, Part> calls() {
    return at.part("calls").map(Part::entries).orElseGet(LinkedHashMap::new);
  }

  boolean ignoresOthers() {
    return of("others").isPresent();
  }

  /** Whether it says that the message comes back to its queue. */
  boolean stays() {
    return of("stays").map(Part::text).filter("true"::equals).isPresent();
  }

  boolean isOfFailure() {
    return List.of("fails", "stays", "retried", "parked", "dropped").stream()
            .anyMatch(key -> of(key).isPresent())
        || of("status")
            .map(Part::text)
            .filter(text -> text.matches("\\d{3}") && Integer.parseInt(text) >= ERROR)
            .isPresent();
  }
}
