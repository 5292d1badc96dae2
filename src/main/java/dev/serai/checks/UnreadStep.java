package dev.serai.checks;

import dev.serai.checks.RouteFile.Element;
import dev.serai.checks.RouteFile.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.dsl.yaml.deserializers.ModelDeserializersResolver;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.EipModel;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A step at which Camel's reader ends without a message or a place: one that is written as a single
 * word and takes none, or without its braces.
 *
 * @param at its key
 */
record UnreadStep(ScalarNode at, String wrong, String remedy) {
  private static final Set<String> CONVERSIONS = Set.of("marshal", "unmarshal");

  /** The first of a file. */
  static Optional<UnreadStep> in(RouteFile file) {
    Set<Node> options = Endpoints.options(file);
    return Stream.of(
            file.elements().stream()
                .filter(element -> element.body() instanceof ScalarNode)
                .map(UnreadStep::ofElement),
            file.entries().stream().filter(UnreadStep::hasNothing).map(UnreadStep::ofNothing),
            Steps.of(file).stream().filter(UnreadStep::isWord).map(UnreadStep::ofWord),
            file.entries().stream()
                .filter(entry -> !options.contains(entry.parent()))
                .filter(UnreadStep::isWord)
                .map(UnreadStep::ofWord))
        .flatMap(found -> found)
        .findFirst();
  }

  private static boolean hasNothing(Entry entry) {
    return entry.value().getTag().equals(Tag.NULL) && entry.parent().getValue().size() == 1;
  }

  private static UnreadStep ofNothing(Entry entry) {
    return new UnreadStep(
        entry.key(),
        "\"%s\" has nothing below it".formatted(entry.name()),
        "write " + StepCheck.needed(entry.name()).orElse(entry.name() + ": {} or what it needs"));
  }

  private static UnreadStep ofElement(Element element) {
    String kind = element.kind().getValue();
    boolean isEmpty = element.body().getTag().equals(Tag.NULL);
    return new UnreadStep(
        element.kind(),
        "\"%s\" %s".formatted(kind, isEmpty ? "has nothing below it" : "is no single word"),
        "write its keys below it, further to the right");
  }

  /** Whether it is a single word and its reader takes none. */
  private static boolean isWord(Entry entry) {
    ConstructNode reader =
        entry.value() instanceof ScalarNode
            ? new ModelDeserializersResolver().resolve(entry.name())
            : null;
    if (reader == null) {
      return false;
    }
    try {
      reader.construct(
          new org.snakeyaml.engine.v2.nodes.ScalarNode(
              org.snakeyaml.engine.v2.nodes.Tag.STR, "x", ScalarStyle.PLAIN));
      return false;
    } catch (UnsupportedOperationException e) {
      return true;
    } catch (RuntimeException e) { // it takes one, but not this
      return false;
    }
  }

  private static UnreadStep ofWord(Entry entry) {
    String word = ((ScalarNode) entry.value()).getValue();
    return new UnreadStep(
        entry.key(),
        "\"%s\" is no single word".formatted(entry.name()),
        remedy(entry.name(), word));
  }

  private static String remedy(String step, String word) {
    CamelCatalog catalog = new DefaultCamelCatalog();
    if (CONVERSIONS.contains(step)) {
      return "write %s: {} below it".formatted(word);
    }
    List<String> keys = keys(catalog.eipModel(step), word);
    if (keys.isEmpty()) {
      return "write its keys below it, or %s: {}".formatted(step);
    }
    return "write %s below it".formatted(String.join(" and ", keys));
  }

  /** What it needs; the word is probably the first of it. */
  private static List<String> keys(@Nullable EipModel step, String word) {
    List<String> keys = new ArrayList<>();
    if (step != null) {
      for (BaseOptionModel option : step.getOptions()) {
        if (option.isRequired()) {
          String key = key(option, word);
          keys.add(keys.isEmpty() && !key.equals("steps:") ? key + " " + word : key);
        }
      }
    }
    return keys;
  }

  private static String key(BaseOptionModel option, String word) {
    return switch (option.getName()) {
      case "outputs" -> "steps:";
      case "expression" -> word.contains("${") ? "simple:" : "constant:";
      default -> option.getName() + ":";
    };
  }
}
