package dev.serai.packs;

import dev.serai.checks.FolderCheck;
import dev.serai.checks.RouteProblem;
import dev.serai.files.PackValues;
import dev.serai.files.RouteFolder;
import dev.serai.http.Schema;
import dev.serai.topology.LoadedTopologies;
import dev.serai.topology.TopologyChange;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.stereotype.Component;

/**
 * What routes are built in: values, topology and schemas. Changed together, and back together when
 * the routes cannot follow. Not thread-safe.
 */
@Component
class Surroundings {
  private final ConfigurableEnvironment environment;
  private final TopologyChange topology;
  private final Schema schemas;
  private State now;
  private State before;

  private record State(
      ConfigurableEnvironment values,
      List<PropertySource<?>> sources,
      LoadedTopologies topologies,
      Map<String, byte[]> schemas) {}

  Surroundings(ConfigurableEnvironment environment, TopologyChange topology, Schema schemas) {
    this.environment = environment;
    this.topology = topology;
    this.schemas = schemas;
    List<PropertySource<?>> atStart = PackValues.sources(environment);
    this.now =
        new State(PackValues.with(environment, atStart), atStart, topology.current(), Map.of());
    this.before = now;
  }

  /** The broker has something in another form than a topology file says. */
  static final class ConflictException extends Exception {
    private static final long serialVersionUID = 1L;

    private final List<String> conflicts;
    private final Set<String> keys;

    /**
     * Nothing has been changed.
     *
     * @param keys of values that would have changed too
     */
    ConflictException(List<String> conflicts, Set<String> keys) {
      super(String.join("; ", conflicts));
      this.conflicts = List.copyOf(conflicts);
      this.keys = new TreeSet<>(keys);
    }

    /** The same as problems of a file: of a topology, or of the values that it has. */
    List<RouteProblem> problems(String path) {
      String values = "for {{" + String.join("}} or {{", keys) + "}}";
      return conflicts.stream()
          .map(text -> isTopology(path) ? text : text.replace("into topology.yaml", values))
          .map(text -> RouteProblem.ofConflict(path, text))
          .toList();
    }

    private boolean isTopology(String path) {
      return keys.isEmpty() || path.endsWith(RouteFolder.TOPOLOGY);
    }
  }

  /** The values in use. */
  ConfigurableEnvironment values() {
    return now.values();
  }

  /** The keys whose values are not the same there. */
  Set<String> changedKeys(FolderCheck.Result checked) {
    Set<String> keys = new TreeSet<>();
    for (PropertySource<?> source : now.sources()) {
      keys.addAll(names(source));
    }
    for (PropertySource<?> source : checked.sources()) {
      keys.addAll(names(source));
    }
    keys.removeIf(
        key ->
            Dependencies.value(now.values(), key)
                .equals(Dependencies.value(checked.values(), key)));
    return keys;
  }

  private static List<String> names(PropertySource<?> source) {
    return source instanceof EnumerablePropertySource<?> known
        ? List.of(known.getPropertyNames())
        : List.of();
  }

  /**
   * Declares what is new on the broker and uses the values from now on; {@link #keep} or {@link
   * #back} must follow.
   *
   * @throws ConflictException when the broker refuses something; then nothing is changed
   */
  void change(FolderCheck.Result checked) throws ConflictException {
    List<String> conflicts = topology.to(checked.topologies());
    if (!conflicts.isEmpty()) {
      throw new ConflictException(conflicts, changedKeys(checked));
    }
    before = now;
    now = new State(checked.values(), checked.sources(), checked.topologies(), checked.schemas());
    use(now);
  }

  /** The routes have followed: what only the state before needed goes. */
  void keep() {
    topology.keep(before.topologies());
  }

  /** Uses what was used before the last change. */
  void back() {
    topology.backTo(before.topologies());
    now = before;
    use(now);
  }

  private void use(State state) {
    PackValues.use(environment, state.sources());
    schemas.use(state.schemas());
  }
}
