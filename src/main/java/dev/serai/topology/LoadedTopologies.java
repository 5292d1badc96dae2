package dev.serai.topology;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.env.Environment;

/**
 * What some topology files say together. A file with mistakes counts for nothing, the others count.
 * Immutable.
 */
public final class LoadedTopologies implements Topologies {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^}]+)}}");

  private final Assembly assembly;
  private final List<TopologyFile> used;
  private final List<TopologyFile> refused = new ArrayList<>();

  /**
   * Reads files as they are now.
   *
   * @throws UncheckedIOException when one cannot be read
   */
  static LoadedTopologies read(List<Path> files, Environment values) {
    SortedMap<String, byte[]> contents = new TreeMap<>();
    for (Path file : files) {
      try {
        contents.put(file.toString(), Files.readAllBytes(file));
      } catch (IOException e) {
        throw new UncheckedIOException("no-routes: " + file + " cannot be read", e);
      }
    }
    return new LoadedTopologies(contents, values);
  }

  /**
   * Understands what files hold.
   *
   * @param files bytes by path
   * @param values of {@code config/}
   */
  public LoadedTopologies(SortedMap<String, byte[]> files, Environment values) {
    List<TopologyFile> good = new ArrayList<>();
    files.forEach(
        (path, bytes) ->
            good.add(TopologyFile.read(Path.of(path), bytes, text -> resolve(text, values))));
    do { // without a bad file, a good one may lack what it refers to
      moveBadOnes(good);
      References.check(good);
    } while (good.stream().anyMatch(file -> !file.problems().isEmpty()));
    this.used = List.copyOf(good);
    this.assembly = new Assembly(good);
  }

  private void moveBadOnes(List<TopologyFile> files) {
    List<TopologyFile> bad = files.stream().filter(file -> !file.problems().isEmpty()).toList();
    refused.addAll(bad);
    files.removeAll(bad);
  }

  private static String resolve(String text, Environment environment) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1).strip(), environment)));
  }

  private static String value(String key, Environment environment) {
    String value = environment.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException(key + " has no value");
    }
    return value;
  }

  @Override
  public Map<String, ExchangeSpec> exchanges() {
    return assembly.exchanges();
  }

  @Override
  public Map<String, QueueSpec> queues() {
    return assembly.queues();
  }

  @Override
  public List<BindingSpec> bindings() {
    return assembly.bindings();
  }

  /** The file that has an exchange; none for one that is made from a retry setting. */
  public Optional<Path> fileOf(ExchangeSpec exchange) {
    return used.stream()
        .filter(f -> f.exchanges().stream().anyMatch(e -> e.name().equals(exchange.name())))
        .map(TopologyFile::path)
        .findFirst();
  }

  /** The file that has a queue; none for one that is made from a retry setting. */
  public Optional<Path> fileOf(QueueSpec queue) {
    return used.stream()
        .filter(f -> f.queues().stream().anyMatch(q -> q.name().equals(queue.name())))
        .map(TopologyFile::path)
        .findFirst();
  }

  /** What is wrong in the files that count for nothing. */
  public List<TopologyProblem> problems() {
    return refused.stream().flatMap(file -> file.problems().stream()).toList();
  }

  /** The files that count for nothing. */
  List<TopologyFile> refused() {
    return List.copyOf(refused);
  }
}
