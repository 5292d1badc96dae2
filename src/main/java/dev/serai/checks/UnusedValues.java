package dev.serai.checks;

import dev.serai.files.PackValues;
import dev.serai.files.Snapshot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
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
import org.yaml.snakeyaml.reader.UnicodeReader;

/**
 * Values that nothing reads: no route, topology or schema, and no class. They are a misspelled key
 * or left over; Serai runs with them.
 */
final class UnusedValues {
  private static final int MOST_TOLD = 100;

  /** Each is looked for in every class. */
  private static final int MOST_SEARCHED = 300;

  /** A key where it is read: {@code {{key}}}, {@code ${key}}, {@code ${properties:key}}. */
  private static final Pattern READ =
      Pattern.compile("(?:\\{\\{\\??|\\$\\{(?!properties:)|properties:)([^\\s{}:\"']+)");

  /** Keys that are put together from words, or read by a library. */
  private static final Pattern OF_LIBRARIES =
      Pattern.compile("(serai|camel|hawtio|jolokia|logging|management|server|spring)\\..*");

  private static final String CLASSES = "classpath*:dev/serai/**/*.class";

  private UnusedValues() {}

  /** Says each with its place. */
  static List<RouteProblem> in(Snapshot snapshot, Snapshot disk, String routes) {
    SortedMap<String, RouteProblem> unused = new TreeMap<>();
    snapshot
        .files()
        .forEach(
            (path, bytes) -> {
              if (isOfPack(path, routes, snapshot)) {
                keys(path, bytes, unused);
              }
            });
    List<String> keys =
        readByNoFile(List.of(snapshot, disk), unused.keySet()).stream()
            .limit(MOST_SEARCHED)
            .toList();
    unused.keySet().retainAll(Set.copyOf(keys));
    if (!unused.isEmpty()) {
      unused.keySet().removeAll(readByClasses(keys));
    }
    return unused.values().stream().limit(MOST_TOLD).toList();
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
  static List<String> readByNoFile(List<Snapshot> snapshots, Collection<String> keys) {
    TreeSet<String> read = new TreeSet<>();
    snapshots.stream()
        .flatMap(snapshot -> snapshot.files().values().stream())
        .flatMap(bytes -> READ.matcher(new String(bytes, StandardCharsets.UTF_8)).results())
        .map(match -> match.group(1))
        .forEach(read::add);
    return keys.stream().filter(key -> !isBeginOfOne(read, key)).toList();
  }

  /** The keys that no file reads, but a class of Serai or a library does. */
  static List<String> readByClassesOnly(List<Snapshot> snapshots, Collection<String> keys) {
    List<String> unread = readByNoFile(snapshots, keys);
    Set<String> read = unread.isEmpty() ? Set.of() : Set.copyOf(readByClasses(unread));
    return unread.stream()
        .filter(key -> read.contains(key) || OF_LIBRARIES.matcher(key).matches())
        .toList();
  }

  private static boolean isBeginOfOne(TreeSet<String> words, String begin) {
    String word = words.ceiling(begin);
    return word != null && word.startsWith(begin);
  }

  private static void keys(String path, byte[] bytes, Map<String, RouteProblem> found) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(true);
    UnicodeReader text = new UnicodeReader(new ByteArrayInputStream(bytes));
    for (Node document : new Yaml(options).composeAll(text)) {
      if (document instanceof MappingNode mapping) {
        keys(path, "", mapping, found);
      }
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
