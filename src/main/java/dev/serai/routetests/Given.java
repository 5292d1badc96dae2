package dev.serai.routetests;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What surrounds the routes in a test.
 *
 * @param policy that the routes of the files, in which the messages come in, have instead of their
 *     own
 * @param config values that win over those of {@code config/}
 * @param endpoints what each answers, by {@code scheme:path}, call by call; the last one again and
 *     again
 * @param beans the same for methods of beans, by {@code name.method}
 */
record Given(
    Optional<Part> policy,
    Map<String, Part> config,
    Map<String, List<Answer>> endpoints,
    Map<String, List<Answer>> beans) {
  private static final Given NOTHING = new Given(Optional.empty(), Map.of(), Map.of(), Map.of());

  static Given read(Optional<Part> part) {
    return part.map(Given::read).orElse(NOTHING);
  }

  private static Given read(Part part) {
    part.allow(List.of("policy", "config", "endpoints", "beans"));
    Map<String, Part> config = part.mapping("config").map(Part::entries).orElse(Map.of());
    config.values().forEach(Part::text);
    Optional<Part> policy = part.part("policy");
    policy.ifPresent(Part::text);
    return new Given(
        policy,
        config,
        answers(part.mapping("endpoints"), "body"),
        answers(part.mapping("beans"), "return"));
  }

  private static Map<String, List<Answer>> answers(Optional<Part> part, String value) {
    Map<String, List<Answer>> answers = new LinkedHashMap<>();
    part.map(Part::entries)
        .orElse(Map.of())
        .forEach(
            (name, list) -> {
              List<Answer> all = new ArrayList<>();
              list.items().forEach(item -> all.add(Answer.read(item, value)));
              answers.put(name, all);
            });
    return answers;
  }

  /** This one, and what the other has for what this one does not name. */
  Given over(Given other) {
    return new Given(
        policy.or(other::policy),
        merged(other.config, config),
        merged(other.endpoints, endpoints),
        merged(other.beans, beans));
  }

  private static <T> Map<String, T> merged(Map<String, T> under, Map<String, T> over) {
    Map<String, T> merged = new LinkedHashMap<>(under);
    merged.putAll(over);
    return merged;
  }

  /** Where the answers of an endpoint or of a method are written. */
  Optional<Part> place(String name) {
    return Stream.of(endpoints, beans)
        .flatMap(answers -> answers.getOrDefault(name, List.of()).stream())
        .map(Answer::at)
        .findFirst();
  }

  /** Whether anything outside fails. */
  boolean hasFailure() {
    return Stream.of(endpoints, beans)
        .flatMap(answers -> answers.values().stream())
        .flatMap(List::stream)
        .anyMatch(answer -> answer.failure().isPresent());
  }
}
