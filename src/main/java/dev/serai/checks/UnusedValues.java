package dev.serai.checks;

import dev.serai.files.PackValues;
import dev.serai.files.Snapshot;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
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

  /** A key where it is read: {@code {{key}}}, {@code ${key}}, {@code ${properties:key}}. */
  private static final Pattern READ =
      Pattern.compile("(?:\\{\\{\\??|\\$\\{(?!properties:)|properties:)([^\\s{}:\"']+)");

  /** Keys that are put together from words, or read by a library. */
  private static final Pattern OF_LIBRARIES =
      Pattern.compile("(serai|camel|hawtio|jolokia|logging|management|server|spring)\\..*");

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
    unused.keySet().retainAll(Set.copyOf(readByNoFile(List.of(snapshot, disk), unused.keySet())));
    unused.keySet().removeIf(ClassWords::name);
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
    return unread.stream()
        .filter(key -> ClassWords.name(key) || OF_LIBRARIES.matcher(key).matches())
        .toList();
  }

  static boolean isBeginOfOne(TreeSet<String> words, String begin) {
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
}
