package dev.serai.checks;

import dev.serai.files.PackValues;
import dev.serai.files.RefusedFile;
import dev.serai.files.RouteFolder;
import dev.serai.files.Snapshot;
import dev.serai.javadsl.JavaRoutes;
import dev.serai.topology.LoadedTopologies;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * All that is wrong in the folders of routes and values as a whole: values, topologies and routes.
 * Opens no connection and declares nothing. Thread-safe.
 *
 * @param routes the folder of the packs, as a person writes it
 * @param surroundings what else has values: environment, arguments, {@code application.yaml}
 * @param beans names that routes may call
 * @param java compiles the files in Java
 */
public record FolderCheck(
    Path routes, ConfigurableEnvironment surroundings, Set<String> beans, JavaRoutes java) {
  private static final Set<String> OF_VALUES = Set.of("bad-config", "too-large", "yaml-alias");

  private static final String UNKNOWN_VALUE = "unknown-value";

  /**
   * What was found, and what the files say.
   *
   * @param values what {@code config/} says, behind the surroundings
   * @param sources the packs' part of it
   * @param topologies of the files that have no mistakes
   * @param schemas bytes of each JSON Schema file, by the path as a person sees it
   * @param problems by place; empty when all files can be used
   */
  public record Result(
      ConfigurableEnvironment values,
      List<PropertySource<?>> sources,
      LoadedTopologies topologies,
      SortedMap<String, byte[]> schemas,
      List<RouteProblem> problems) {}

  /** Checks all files together: what one names, another may have. */
  public Result check(Snapshot snapshot) {
    return read(snapshot, true);
  }

  /** Reads values and topologies only, of files that have been checked before. */
  public Result trust(Snapshot snapshot) {
    return read(snapshot, false);
  }

  private Result read(Snapshot snapshot, boolean thoroughly) {
    List<RouteProblem> problems = new ArrayList<>();
    SortedMap<String, byte[]> config = new TreeMap<>(snapshot.files());
    config.keySet().removeIf(path -> !PackValues.isPackFile(path) || isInRoutes(path));
    List<PropertySource<?>> sources =
        PackValues.sources(config, bad -> problems.add(RouteProblem.of(bad.name(), bad.file())));
    ConfigurableEnvironment values = PackValues.with(surroundings, sources);
    LoadedTopologies topologies = new LoadedTopologies(topologies(snapshot), values);
    boolean lacksValues = !problems.isEmpty();
    topologies.problems().stream()
        .map(RouteProblem::of)
        .filter(problem -> !lacksValues || !problem.name().equals(UNKNOWN_VALUE))
        .forEach(problems::add);
    for (RefusedFile refused : snapshot.refused()) {
      problems.add(RouteProblem.of(refused.name(), refused.file()));
    }
    SortedMap<String, byte[]> schemas = schemas(snapshot);
    if (thoroughly) {
      problems.addAll(SchemaCheck.check(schemas));
      Known known = Known.of(values, beans, topologies, below(schemas.keySet()));
      Set<String> follows = followsFrom(problems, topologies);
      new RouteChecks(known, java)
          .check(routes(snapshot), routes).stream()
              .filter(problem -> !follows.contains(problem.name()))
              .forEach(problems::add);
    }
    return new Result(
        values, sources, topologies, schemas, problems.stream().sorted().distinct().toList());
  }

  /** Names of what would be found only because a file of values or a topology is left out. */
  private static Set<String> followsFrom(List<RouteProblem> found, LoadedTopologies topologies) {
    Set<String> names = new HashSet<>();
    if (found.stream().anyMatch(problem -> OF_VALUES.contains(problem.name()))) {
      names.add(UNKNOWN_VALUE);
    }
    if (!names.isEmpty() || !topologies.problems().isEmpty()) {
      names.addAll(Set.of("unknown-exchange", "unknown-queue"));
    }
    return names;
  }

  /**
   * What is probably a mistake, though all files can be used.
   *
   * @param disk files that may not be in use yet; a value that one of them reads is not unused
   */
  public List<RouteProblem> warnings(Snapshot snapshot, Snapshot disk) {
    List<RouteProblem> warnings = new ArrayList<>(StrayFiles.in(routes));
    warnings.addAll(UnusedValues.in(snapshot, disk, routes.toString()));
    return warnings;
  }

  /**
   * Of some values, those that only Serai itself reads, which it has done when it started.
   *
   * @param disk files that may not be in use yet
   * @param keys whose values have changed
   */
  public List<String> readAtStart(Snapshot snapshot, Snapshot disk, Collection<String> keys) {
    return UnusedValues.readByClassesOnly(List.of(snapshot, disk), keys);
  }

  /** What the route files of a snapshot that has been checked offer and need, by path. */
  public SortedMap<String, Outline> outlines(Snapshot snapshot) {
    SortedMap<String, Outline> outlines = new TreeMap<>();
    snapshot
        .files()
        .forEach(
            (path, bytes) -> {
              if (RouteFolder.isRoutes(path)) {
                outlines.put(path, Outline.of(path, bytes, java));
              }
            });
    return outlines;
  }

  private boolean isInRoutes(String path) {
    return path.startsWith(routes + "/");
  }

  private SortedMap<String, byte[]> topologies(Snapshot snapshot) {
    SortedMap<String, byte[]> files = new TreeMap<>(snapshot.files());
    files
        .keySet()
        .removeIf(path -> !isInRoutes(path) || !path.endsWith("/" + RouteFolder.TOPOLOGY));
    return files;
  }

  private SortedMap<String, byte[]> schemas(Snapshot snapshot) {
    SortedMap<String, byte[]> files = new TreeMap<>(snapshot.files());
    files.keySet().removeIf(path -> !isInRoutes(path) || !path.endsWith(RouteFolder.SCHEMA));
    return files;
  }

  private SortedMap<String, byte[]> routes(Snapshot snapshot) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    snapshot
        .files()
        .forEach(
            (path, bytes) -> {
              if (isInRoutes(path) && RouteFolder.isRoutes(path)) {
                files.put(below(path), bytes);
              }
            });
    return files;
  }

  private String below(String path) {
    return path.substring(routes.toString().length() + 1);
  }

  private Set<String> below(Set<String> paths) {
    return paths.stream().map(this::below).collect(Collectors.toSet());
  }
}
