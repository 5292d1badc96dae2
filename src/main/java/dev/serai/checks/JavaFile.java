package dev.serai.checks;

import dev.serai.checks.RouteFile.Element;
import dev.serai.files.RouteFolder;
import dev.serai.javadsl.BadJavaException;
import dev.serai.javadsl.JavaRoutes;
import dev.serai.javadsl.RouteOutline;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads a route file in Java as if it were written in YAML, so that it is checked by the same
 * checks. A word's place is where the Java has it, from the line of its step on.
 */
final class JavaFile {
  private final String text;

  private JavaFile(String text) {
    this.text = text;
  }

  static RouteFile read(JavaRoutes java, String path, String shown, byte[] bytes) {
    List<RouteProblem> problems = new ArrayList<>();
    List<Element> elements = new ArrayList<>();
    if (bytes.length > RouteFolder.MOST_BYTES) {
      problems.add(
          new RouteProblem("too-large", shown, 1, 1, "the file has more than 1 MiB", "split it"));
      return RouteFile.of(path, shown, elements, problems);
    }
    try {
      RouteOutline outline = java.outline(path, bytes);
      JavaFile file = new JavaFile(new String(bytes, StandardCharsets.UTF_8));
      outline.elements().forEach(element -> elements.add(file.element(element)));
    } catch (BadJavaException e) {
      for (BadJavaException.Mistake mistake : e.mistakes()) {
        problems.add(
            new RouteProblem(
                mistake.name(),
                shown,
                mistake.line(),
                mistake.column(),
                mistake.wrong(),
                mistake.remedy()));
      }
    }
    return RouteFile.of(path, shown, elements, problems);
  }

  private Element element(RouteOutline.Element element) {
    int line = Math.max(1, element.body().line());
    Mark at = element.body().line() < 1 ? placeOf(element.kind(), 1) : start(line);
    return new Element(word(element.kind(), at), mapping(element.body(), line));
  }

  private Node node(Object value, int line) {
    if (value instanceof RouteOutline.Mapping mapping) {
      return mapping(mapping, line);
    }
    if (value instanceof List<?> list) {
      List<Node> nodes = list.stream().map(item -> node(item, line)).toList();
      return new SequenceNode(Tag.SEQ, true, nodes, start(line), start(line), FlowStyle.BLOCK);
    }
    return word(String.valueOf(value), placeOf(String.valueOf(value), line));
  }

  private MappingNode mapping(RouteOutline.Mapping mapping, int outer) {
    int line = mapping.line() > 0 ? mapping.line() : outer;
    List<NodeTuple> tuples = new ArrayList<>();
    for (Map.Entry<String, Object> entry : mapping.keys().entrySet()) {
      boolean isOption = mapping.line() < 1; // of an address
      Mark at = isOption ? placeOf(entry.getKey(), line) : start(line);
      tuples.add(new NodeTuple(word(entry.getKey(), at), node(entry.getValue(), line)));
    }
    return new MappingNode(Tag.MAP, true, tuples, start(line), start(line), FlowStyle.BLOCK);
  }

  private static ScalarNode word(String value, Mark at) {
    return new ScalarNode(Tag.STR, value, at, at, ScalarStyle.PLAIN);
  }

  /** As a text of its own, as a part of one, or where the step begins. */
  private Mark placeOf(String value, int line) {
    int from = offset(line);
    for (String searched : List.of('"' + value + '"', value)) {
      int at = value.isBlank() ? -1 : text.indexOf(searched, from);
      at = at < 0 && !value.isBlank() ? text.indexOf(searched) : at;
      if (at >= 0) {
        return mark(at);
      }
    }
    return start(line);
  }

  private Mark start(int line) {
    int at = offset(line);
    while (at < text.length() && " \t".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return mark(at);
  }

  private int offset(int line) {
    int at = 0;
    for (int i = 1; i < line && text.indexOf('\n', at) >= 0; i++) {
      at = text.indexOf('\n', at) + 1;
    }
    return at;
  }

  private Mark mark(int at) {
    String before = text.substring(0, at);
    int line = (int) before.chars().filter(c -> c == '\n').count();
    int column = at - (before.lastIndexOf('\n') + 1);
    return new Mark("java", at, line, column, new int[0], 0);
  }
}
