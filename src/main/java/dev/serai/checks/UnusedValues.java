package dev.serai.checks;

import dev.serai.files.PackValues;
import dev.serai.files.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Values that nothing reads: no route, topology or schema, and no class. They are a misspelled key
 * or left over; Serai runs with them.
 */
final class UnusedValues {
  private static final String CLASSES = "classpath*:dev/serai/**/*.class";

  private UnusedValues() {}

  /** Says each with its place. */
  static List<RouteProblem> in(Snapshot snapshot, String routes) {
    Map<String, String> texts = new TreeMap<>();
    Map<String, RouteProblem> unused = new TreeMap<>();
    snapshot
        .files()
        .forEach(
            (path, bytes) -> {
              String text = new String(bytes, StandardCharsets.UTF_8);
              texts.put(path, text);
              if (isOfPack(path, routes, snapshot)) {
                keys(path, text, unused);
              }
            });
    unused.keySet().removeIf(key -> texts.values().stream().anyMatch(text -> reads(text, key)));
    if (!unused.isEmpty()) {
      unused.keySet().removeAll(readByClasses(List.copyOf(unused.keySet())));
    }
    return List.copyOf(unused.values());
  }

  /** Whether it is the file of values of a pack that is here; others may be of packs that rest. */
  private static boolean isOfPack(String path, String routes, Snapshot snapshot) {
    String pack = path.replaceFirst("^.*/", "").replaceFirst("\\.yaml$", "");
    return !path.startsWith(routes + "/")
        && PackValues.isPackFile(path)
        && snapshot.files().keySet().stream()
            .anyMatch(file -> file.startsWith(routes + "/" + pack + "/"));
  }

  /** The keys that no route, topology or schema reads. */
  static List<String> readByNoFile(Snapshot snapshot, Collection<String> keys) {
    List<String> texts =
        snapshot.files().values().stream()
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
            .toList();
    return keys.stream().filter(key -> texts.stream().noneMatch(text -> reads(text, key))).toList();
  }

  private static boolean reads(String text, String key) {
    return text.contains("{{" + key)
        || text.contains("{{?" + key)
        || text.contains("${" + key)
        || text.contains("properties:" + key);
  }

  private static void keys(String path, String text, Map<String, RouteProblem> found) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(true);
    Node root = new Yaml(options).compose(new StringReader(text));
    if (root instanceof MappingNode mapping) {
      keys(path, "", mapping, found);
    }
  }

  private static void keys(
      String path, String prefix, MappingNode mapping, Map<String, RouteProblem> found) {
    for (NodeTuple tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode name) {
        String key = prefix.isEmpty() ? name.getValue() : prefix + "." + name.getValue();
        if (tuple.getValueNode() instanceof MappingNode inner) {
          keys(path, key, inner, found);
        } else {
          found.put(key, problem(path, key, name.getStartMark()));
        }
      }
    }
  }

  private static RouteProblem problem(String path, String key, Mark at) {
    return RouteProblem.at(
        "unused-value",
        path,
        at,
        "nothing reads \"" + key + "\"",
        "remove it, or write {{" + key + "}} where it is meant");
  }

  /** What annotations and calls name stands in class files as it is. */
  private static List<String> readByClasses(List<String> keys) {
    List<String> read = new ArrayList<>();
    try {
      for (Resource file : new PathMatchingResourcePatternResolver().getResources(CLASSES)) {
        try (InputStream bytes = file.getInputStream()) {
          String constants = new String(bytes.readAllBytes(), StandardCharsets.ISO_8859_1);
          keys.stream().filter(key -> isRead(constants, key)).forEach(read::add);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The classes of Serai cannot be read", e);
    }
    return read;
  }

  /** As a whole, or as a section with a field of this name ({@code @ConfigurationProperties}). */
  private static boolean isRead(String constants, String key) {
    if (constants.contains(key)) {
      return true;
    }
    if (!constants.contains("/ConfigurationProperties;")) {
      return false;
    }
    for (int dot = key.indexOf('.'); dot > 0; dot = key.indexOf('.', dot + 1)) {
      String field = camelCase(key.substring(dot + 1).replaceFirst("\\..*", ""));
      if (constants.contains(constant(key.substring(0, dot)))
          && constants.contains(constant(field))) {
        return true;
      }
    }
    return false;
  }

  /** A text as class files hold it: CONSTANT_Utf8, its length in two bytes, itself. */
  private static String constant(String text) {
    return "\u0001" + (char) (text.length() >> 8) + (char) (text.length() & 0xff) + text;
  }

  private static String camelCase(String key) {
    Matcher word = Pattern.compile("-(.)").matcher(key);
    return word.replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
  }
}
