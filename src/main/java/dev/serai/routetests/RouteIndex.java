package dev.serai.routetests;

import dev.serai.files.RouteFolder;
import dev.serai.javadsl.JavaRoutes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All route files of a folder, and what needs what.
 *
 * @param files by their paths
 */
record RouteIndex(Collection<RouteSource> files) {
  private static final String TEST = ".test.yaml";

  static RouteIndex of(Map<String, byte[]> files, JavaRoutes java) {
    return new RouteIndex(
        files.entrySet().stream()
            .map(file -> RouteSource.read(file.getKey(), file.getValue(), java))
            .sorted(Comparator.comparing(RouteSource::path))
            .toList());
  }

  /** The route file beside a test file. */
  Optional<RouteSource> beside(String testPath) {
    String name = testPath.substring(0, testPath.length() - TEST.length());
    return files.stream().filter(file -> RouteFolder.nameOf(file.path()).equals(name)).findFirst();
  }

  /** The files themselves and all that they need, policies first. */
  List<RouteSource> withNeeded(Collection<RouteSource> wanted) {
    Set<RouteSource> found = new LinkedHashSet<>(wanted);
    Deque<RouteSource> open = new ArrayDeque<>(wanted);
    while (!open.isEmpty()) {
      RouteSource user = open.pop();
      files.stream().filter(file -> file.isUsedBy(user) && found.add(file)).forEach(open::push);
    }
    List<RouteSource> ordered = new ArrayList<>(found);
    ordered.sort(
        Comparator.comparing((RouteSource file) -> !file.comesFirst())
            .thenComparing(RouteSource::path));
    return ordered;
  }

  Optional<RouteSource> ofPolicy(String id) {
    return files.stream().filter(file -> file.policies().contains(id)).findFirst();
  }

  Optional<RouteSource> ofRoute(String id) {
    return files.stream().filter(file -> file.routes().containsKey(id)).findFirst();
  }

  Optional<RouteSource> ofQueue(String queue) {
    return files.stream().filter(file -> file.queues().containsKey(queue)).findFirst();
  }

  /** The file whose rest block has a verb, such as {@code GET /dlq/{queue}}. */
  Optional<RouteSource> ofVerb(String verb) {
    return files.stream().filter(file -> file.verbs().containsKey(verb)).findFirst();
  }

  Set<String> policies() {
    return all(file -> file.policies().stream());
  }

  Set<String> routes() {
    return all(file -> file.routes().keySet().stream());
  }

  Set<String> queues() {
    return all(file -> file.queues().keySet().stream());
  }

  Set<String> verbs() {
    return all(file -> file.verbs().keySet().stream());
  }

  /** Full names of exceptions that the files name. */
  Set<String> exceptions() {
    return all(file -> file.words().stream()).stream()
        .filter(word -> word.matches("([a-z]\\w*\\.)+[A-Z]\\w*"))
        .collect(Collectors.toSet());
  }

  private Set<String> all(Function<RouteSource, Stream<String>> part) {
    return files.stream().flatMap(part).collect(Collectors.toSet());
  }
}
