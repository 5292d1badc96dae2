package dev.serai.checks;

import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A file as Camel may read it in a check: every list of {@code beans} is empty, because Camel makes
 * them, and runs their methods, while it reads. All else stays in its line.
 */
final class WithoutBeans {
  private static final String NONE = " []";

  private final int[] text;

  /** Where each list begins and ends, in code points. */
  private final TreeMap<Integer, Integer> lists = new TreeMap<>();

  private WithoutBeans(String text) {
    this.text = text.codePoints().toArray();
  }

  /**
   * Takes them out, by the YAML reader that Camel uses itself.
   *
   * @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException when it is no YAML to Camel
   */
  static String of(String text) {
    if (!text.contains("beans") && text.indexOf('\\') < 0) { // a key may be escaped
      return text;
    }
    WithoutBeans file = new WithoutBeans(text);
    new Compose(LoadSettings.builder().build()).composeString(text).ifPresent(file::find);
    return file.text();
  }

  private void find(Node node) {
    if (node instanceof SequenceNode list) {
      list.getValue().forEach(this::find);
    } else if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals("beans")) {
          int end = index(key.getEndMark().orElseThrow());
          lists.put(end, index(tuple.getValueNode().getEndMark().orElseThrow()));
        } else {
          find(tuple.getValueNode());
        }
      }
    }
  }

  private static int index(Mark mark) {
    return mark.getIndex();
  }

  /** After the key's colon all but the ends of lines is blank. */
  private String text() {
    StringBuilder kept = new StringBuilder();
    int at = 0;
    for (var list : lists.entrySet()) {
      int colon = list.getKey();
      while (text[colon] != ':') {
        colon++;
      }
      kept.append(new String(text, at, colon + 1 - at)).append(NONE);
      for (at = colon + 1; at < list.getValue(); at++) {
        kept.append(text[at] == '\n' ? '\n' : ' '); // what follows keeps its column
      }
    }
    return kept.append(new String(text, at, text.length - at)).toString();
  }
}
