package dev.serai.files;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.reader.UnicodeReader;

/**
 * The limits of a file of values. They are looked at before anybody builds what it says: a few
 * lines of aliases would fill the memory.
 */
final class ValuesFile {
  private static final int DEEPEST = 100;

  private ValuesFile() {}

  /**
   * Refuses what is too much.
   *
   * @throws BadValuesException {@code too-large}, {@code bad-config} or {@code yaml-alias}
   * @throws org.yaml.snakeyaml.error.YAMLException when it is no YAML
   */
  static void check(String path, byte[] bytes) {
    if (bytes.length > RouteFolder.MOST_BYTES) {
      throw new BadValuesException(
          "too-large",
          new BadRouteFile(Path.of(path), 1, 1, "the file has more than 1 MiB", "split it"));
    }
    Set<String> parts = new HashSet<>(); // anchors of lists and mappings
    UnicodeReader text = new UnicodeReader(new ByteArrayInputStream(bytes));
    int depth = 0;
    for (Event event : new Yaml(new LoaderOptions()).parse(text)) {
      if (event instanceof CollectionStartEvent && ++depth > DEEPEST) { // more takes minutes
        throw tooDeep(path, event.getStartMark());
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      }
      if (event instanceof AliasEvent alias) {
        if (parts.contains(alias.getAnchor())) {
          throw repeated(path, alias.getStartMark());
        }
      } else if (event instanceof NodeEvent node && node.getAnchor() != null) {
        if (node instanceof CollectionStartEvent) {
          parts.add(node.getAnchor());
        } else {
          parts.remove(node.getAnchor());
        }
      }
    }
  }

  private static BadValuesException tooDeep(String path, Mark at) {
    return new BadValuesException(
        "bad-config",
        new BadRouteFile(
            Path.of(path),
            at.getLine() + 1,
            at.getColumn() + 1,
            "this is deeper than %d levels".formatted(DEEPEST),
            "write key: value"));
  }

  private static BadValuesException repeated(String path, Mark at) {
    return new BadValuesException(
        "yaml-alias",
        new BadRouteFile(
            Path.of(path),
            at.getLine() + 1,
            at.getColumn() + 1,
            "an alias (*name) repeats a part of the file",
            "write the part out"));
  }
}
