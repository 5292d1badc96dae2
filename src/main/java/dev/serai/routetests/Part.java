package dev.serai.routetests;

import dev.serai.checks.RouteProblem;
import dev.serai.files.TimeText;
import dev.serai.topology.Closest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A part of a test file that knows its place. Reading a value that is not what it should be notes a
 * problem and goes on, so that a person sees all of them at once.
 *
 * @param file as a person sees it
 * @param node what stands there
 * @param problems where they are noted
 */
record Part(String file, Node node, List<RouteProblem> problems) {

  /** Where it begins: {@code file:line:column}. */
  String place() {
    Mark mark = node.getStartMark();
    return "%s:%d:%d".formatted(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  boolean isMapping() {
    return node instanceof MappingNode;
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  boolean isNothing() {
    return node.getTag().equals(Tag.NULL);
  }

  /** The values of a mapping by their keys; empty for anything else. */
  Map<String, Part> entries() {
    Map<String, Part> entries = new LinkedHashMap<>();
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key) {
          entries.putIfAbsent(key.getValue(), new Part(file, tuple.getValueNode(), problems));
        }
      }
    }
    return entries;
  }

  /** The items of a list; a single value is the only one. */
  List<Part> items() {
    return node instanceof SequenceNode list
        ? list.getValue().stream().map(item -> new Part(file, item, problems)).toList()
        : List.of(this);
  }

  Optional<Part> part(String key) {
    return Optional.ofNullable(entries().get(key));
  }

  /** The value of a key that must be a mapping. */
  Optional<Part> mapping(String key) {
    Optional<Part> part = part(key).filter(value -> !value.isNothing());
    part.filter(value -> !value.isMapping())
        .ifPresent(value -> value.refuse("wrong-type", key + " is a mapping", "write key: value"));
    return part.filter(Part::isMapping);
  }

  /** The text of a single value; a mapping or a list is refused. */
  String text() {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    refuse("wrong-type", "a single value is expected here", "write one value");
    return "";
  }

  /** The single value of a key; a mapping or a list is refused. */
  Optional<String> text(String key) {
    Optional<Part> part = part(key);
    part.ifPresent(Part::text);
    return part.filter(value -> value.node instanceof ScalarNode).map(Part::text);
  }

  Optional<Integer> number(String key, int least, int most) {
    return text(key)
        .flatMap(
            text -> {
              if (text.matches("\\d{1,9}")
                  && Integer.parseInt(text) >= least
                  && Integer.parseInt(text) <= most) {
                return Optional.of(Integer.valueOf(text));
              }
              part(key)
                  .orElse(this)
                  .refuse(
                      "wrong-number",
                      "\"%s\" is no number for %s".formatted(text, key),
                      "write a whole number from %d to %d".formatted(least, most));
              return Optional.empty();
            });
  }

  Optional<Duration> time(String key, Duration most) {
    return text(key)
        .flatMap(
            text -> {
              Optional<Duration> time = TimeText.read(text).filter(t -> t.compareTo(most) <= 0);
              if (time.isEmpty()) {
                part(key)
                    .orElse(this)
                    .refuse(
                        "wrong-duration",
                        "\"%s\" is no duration for %s".formatted(text, key),
                        "write a time such as 20ms, at most %d s".formatted(most.toSeconds()));
              }
              return time;
            });
  }

  /** Notes every key that is not known, with the one that was probably meant. */
  void allow(Collection<String> known) {
    if (!isMapping() && !isNothing()) {
      refuse("wrong-type", "a mapping is expected here", "write key: value");
    }
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key && !known.contains(key.getValue())) {
          new Part(file, key, problems)
              .refuse(
                  "unknown-key",
                  "\"%s\" is not known here".formatted(key.getValue()),
                  instead(key.getValue(), known));
        }
      }
    }
  }

  /** What to write for a word that is none of the known ones. */
  static String instead(String word, Collection<String> known) {
    return Closest.to(word, known)
        .map(closest -> "write " + closest)
        .orElseGet(
            () ->
                known.isEmpty()
                    ? "there is none"
                    : "write one of " + String.join(", ", new TreeSet<>(known)));
  }

  void refuse(String name, String wrong, String remedy) {
    Mark mark = node.getStartMark();
    problems.add(
        new RouteProblem(name, file, mark.getLine() + 1, mark.getColumn() + 1, wrong, remedy));
  }

  /** The value as plain Java: maps, lists, texts, numbers, true, false or null. */
  @Nullable Object plain() {
    if (node instanceof MappingNode) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      entries().forEach((key, value) -> map.put(key, value.plain()));
      return map;
    }
    if (node instanceof SequenceNode) {
      List<@Nullable Object> list = new ArrayList<>();
      items().forEach(item -> list.add(item.plain()));
      return list;
    }
    return Scalars.value((ScalarNode) node);
  }
}
