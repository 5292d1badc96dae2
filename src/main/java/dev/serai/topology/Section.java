package dev.serai.topology;

import dev.serai.files.TimeText;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One mapping of a YAML file. Reading a value that is not what it should be notes a problem with
 * its place and goes on, so that a person sees all of them at once.
 */
final class Section {
  private static final Node EMPTY =
      new MappingNode(Tag.MAP, List.of(), DumperOptions.FlowStyle.BLOCK);

  private final Context context;
  private final Node node;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Node> keys = new LinkedHashMap<>();

  /**
   * What all sections of a file share.
   *
   * @param file as it is shown
   * @param resolver replaces {@code {{key}}} by its value, or throws IllegalArgumentException
   * @param problems where they are noted
   */
  record Context(String file, UnaryOperator<String> resolver, List<TopologyProblem> problems) {}

  Section(Context context, Node node) {
    this.context = context;
    this.node = node;
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(this::add);
    } else if (!isEmpty(node)) {
      problem(node, "wrong-type", "a mapping is expected here", "write key: value lines");
    }
  }

  private void add(NodeTuple tuple) {
    if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
      problem(tuple.getKeyNode(), "wrong-type", "a key is a single word", "write key: value");
      return;
    }
    String key = name.getValue();
    if (values.putIfAbsent(key, tuple.getValueNode()) != null) {
      problem(
          tuple.getKeyNode(), "duplicate-key", "\"" + key + "\" stands here twice", "remove one");
    }
    keys.putIfAbsent(key, tuple.getKeyNode());
  }

  /** The names in this mapping, in order. */
  Set<String> names() {
    return keys.keySet();
  }

  /** Notes every key that is not known, with the one that was probably meant. */
  void allow(Set<String> known) {
    for (String key : keys.keySet()) {
      if (!known.contains(key)) {
        problemAt(
            key,
            "unknown-key",
            "\"" + key + "\" is not known here",
            Closest.advice(
                key, known, "known are: " + String.join(", ", known.stream().sorted().toList())));
      }
    }
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  /** Whether the value is a mapping, as against a single value or a list. */
  boolean isMapping(String key) {
    return values.get(key) instanceof MappingNode;
  }

  Section section(String key) {
    return new Section(context, values.getOrDefault(key, EMPTY));
  }

  /** The mappings of a list. */
  List<Section> sections(String key) {
    return items(key).stream().map(item -> new Section(context, item)).toList();
  }

  Optional<String> text(String key) {
    return Optional.ofNullable(values.get(key)).flatMap(this::scalar);
  }

  Optional<String> oneOf(String key, Set<String> allowed) {
    Optional<String> text = text(key);
    if (text.isPresent() && !allowed.contains(text.get())) {
      problemAt(
          key,
          "wrong-value",
          "\"" + written(key, text.get()) + "\" is no " + key,
          "write one of: " + String.join(", ", allowed.stream().sorted().toList()));
      return Optional.empty();
    }
    return text;
  }

  /**
   * A text as a message may show it: the key in the place of a value, which may be a secret.
   *
   * @param text of the key, with its values filled in, or a part of it
   */
  String written(String key, String text) {
    return WrittenText.of(values.getOrDefault(key, EMPTY), text);
  }

  boolean flag(String key) {
    return oneOf(key, Set.of("true", "false")).map(Boolean::parseBoolean).orElse(false);
  }

  Optional<Long> number(String key, long least, long most) {
    Optional<String> text = text(key);
    Optional<Long> value =
        text.filter(t -> t.matches("\\d{1,18}"))
            .map(Long::valueOf)
            .filter(n -> n >= least && n <= most);
    if (text.isPresent() && value.isEmpty()) {
      problemAt(
          key,
          "wrong-number",
          "\"" + written(key, text.get()) + "\" is no number for " + key,
          "write a whole number from " + least + " to " + most);
    }
    return value;
  }

  Optional<Duration> time(String key) {
    return text(key).flatMap(text -> time(values.getOrDefault(key, node), text));
  }

  /** The durations of a list, or of one text in which commas separate them. */
  List<Duration> times(String key) {
    Node value = values.getOrDefault(key, EMPTY);
    if (value instanceof ScalarNode) {
      return scalar(value).stream()
          .flatMap(text -> Arrays.stream(text.split(",")))
          .flatMap(text -> time(value, text.strip()).stream())
          .toList();
    }
    return items(key).stream()
        .flatMap(item -> scalar(item).flatMap(text -> time(item, text)).stream())
        .toList();
  }

  /** The texts of a list. */
  List<String> texts(String key) {
    return items(key).stream().flatMap(item -> scalar(item).stream()).toList();
  }

  private Optional<Duration> time(Node at, String text) {
    Optional<Duration> time = TimeText.read(text).filter(t -> !t.isZero());
    if (time.isEmpty()) {
      problem(
          at,
          "wrong-duration",
          "\"" + WrittenText.of(at, text) + "\" is no duration",
          "write a whole number with ms, s, m, h or d, such as 5s or 24h");
    }
    return time;
  }

  private List<Node> items(String key) {
    Node value = values.get(key);
    if (value instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    if (value != null && !isEmpty(value)) {
      problem(value, "wrong-type", key + " must be a list", "write it in [ ] or as lines with -");
    }
    return List.of();
  }

  private Optional<String> scalar(Node value) {
    if (!(value instanceof ScalarNode scalar)) {
      problem(value, "wrong-type", "a single value is expected here", "write one value");
      return Optional.empty();
    }
    try {
      return Optional.of(context.resolver().apply(scalar.getValue()));
    } catch (IllegalArgumentException e) {
      problem(
          value,
          "unknown-value",
          "\"" + scalar.getValue() + "\" has no value",
          "write the key into config/<pack>.yaml");
      return Optional.empty();
    }
  }

  /** Notes a problem at a key, or at the section when it has no such key. */
  void problemAt(String key, String name, String wrong, String remedy) {
    problem(keys.getOrDefault(key, node), name, wrong, remedy);
  }

  private void problem(Node at, String name, String wrong, String remedy) {
    context.problems().add(TopologyProblem.at(context.file(), at, name, wrong, remedy));
  }

  private static boolean isEmpty(Node node) {
    return node instanceof ScalarNode scalar && scalar.getValue().isEmpty();
  }
}
