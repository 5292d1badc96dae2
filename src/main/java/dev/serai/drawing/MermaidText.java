package dev.serai.drawing;

import dev.serai.drawing.Diagram.Edge;
import dev.serai.drawing.Diagram.Kind;
import dev.serai.drawing.Diagram.Node;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A diagram in the language of Mermaid, which many tools show as a drawing. */
public final class MermaidText {
  private static final Map<Kind, String> SHAPES = new EnumMap<>(Kind.class);
  private static final String STYLES =
      """
        classDef source fill:#e7f5ff,stroke:#1c7ed6,color:#0b2239
        classDef exchange fill:#fff3bf,stroke:#e67700,color:#3b2300
        classDef queue fill:#fff9db,stroke:#e67700,color:#3b2300
        classDef parking fill:#ffe3e3,stroke:#c92a2a,color:#3d0c0c
        classDef route fill:#ebfbee,stroke:#2b8a3e,color:#0d2b14
        classDef policy fill:#f8f9fa,stroke:#868e96,color:#212529
        classDef bean fill:#f3f0ff,stroke:#6741d9,color:#20124d
        classDef target fill:#f3f0ff,stroke:#6741d9,color:#20124d
      """;

  static {
    SHAPES.put(Kind.SOURCE, "([%s])");
    SHAPES.put(Kind.EXCHANGE, "{{%s}}");
    SHAPES.put(Kind.QUEUE, "[(%s)]");
    SHAPES.put(Kind.PARKING, "[(%s)]");
    SHAPES.put(Kind.ROUTE, "[%s]");
    SHAPES.put(Kind.POLICY, "(%s)");
    SHAPES.put(Kind.BEAN, "[[%s]]");
    SHAPES.put(Kind.TARGET, "[/%s/]");
  }

  private MermaidText() {}

  /** The whole text, from left to right, with a subgraph for each group. */
  public static String of(Diagram diagram) {
    StringBuilder text = new StringBuilder("flowchart LR\n");
    Map<Node, String> ids = new LinkedHashMap<>();
    List<String> groups = diagram.groups();
    for (int i = 0; i < groups.size(); i++) {
      String group = groups.get(i);
      text.append("  subgraph g%d [%s]\n    direction LR\n".formatted(i + 1, quoted(group)));
      diagram.nodes().stream()
          .filter(node -> node.group().equals(group))
          .forEach(
              node -> {
                ids.put(node, "n" + (ids.size() + 1));
                text.append("    %s%s:::%s\n".formatted(ids.get(node), shape(node), style(node)));
              });
      text.append("  end\n");
    }
    for (Edge edge : diagram.edges()) {
      text.append(
          "  %s %s%s %s\n"
              .formatted(
                  ids.get(edge.from()),
                  edge.onFailure() ? "-.->" : "-->",
                  edge.label().isEmpty() ? "" : "|" + quoted(edge.label()) + "|",
                  ids.get(edge.to())));
    }
    return text.append(STYLES).toString();
  }

  private static String shape(Node node) {
    String label = node.more().isEmpty() ? node.name() : node.name() + "\n" + node.more();
    return SHAPES.getOrDefault(node.kind(), "[%s]").formatted(quoted(label));
  }

  private static String style(Node node) {
    return node.kind().name().toLowerCase(Locale.ROOT);
  }

  /**
   * Every character but letters, digits and a few signs as its number, which means only itself; at
   * the beginning of a line every sign and digit, because "1." or "-" would begin a list.
   */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    boolean first = true;
    for (int c : text.codePoints().toArray()) {
      if (c == '\n') {
        quoted.append("<br/>");
      } else if (Character.isLetter(c)
          || (!first && (Character.isDigit(c) || " -./:,{}()=?$".indexOf(c) >= 0))) {
        quoted.appendCodePoint(c);
      } else {
        quoted.append('#').append(c).append(';');
      }
      first = c == '\n';
    }
    return quoted.append('"').toString();
  }
}
