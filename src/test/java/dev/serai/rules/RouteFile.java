package dev.serai.rules;

import dev.serai.files.RouteFolder;
import dev.serai.javadsl.BadJavaException;
import dev.serai.javadsl.JavaRoutes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/**
 * A route file and what is wrong with it.
 *
 * @param path below the folder of the routes, such as {@code debias/store-points.camel.yaml}
 * @param lines of its text
 * @param entries at its top level, each with one key
 */
record RouteFile(Path path, List<String> lines, List<Map<String, Object>> entries) {
  private static final int MOST_LINES = 60;
  private static final Set<String> CALLS = Set.of("from", "to", "toD", "wireTap", "poll");
  private static final Set<String> VERBS = Set.of("get", "post", "put", "patch", "delete");

  static RouteFile read(Path routes, Path file) throws IOException {
    return new RouteFile(routes.relativize(file), Files.readAllLines(file), entries(file));
  }

  private static List<Map<String, Object>> entries(Path file) throws IOException {
    if (!isJava(file)) {
      return new Yaml().load(Files.readString(file));
    }
    try {
      return JavaRoutes.inMemory().outline(file.toString(), Files.readAllBytes(file)).plain();
    } catch (BadJavaException e) {
      throw new IllegalStateException(e.mistakes().toString(), e);
    }
  }

  private static boolean isJava(Path file) {
    return file.toString().endsWith(RouteFolder.JAVA);
  }

  static List<RouteFile> all(Path routes) throws IOException {
    List<RouteFile> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(routes)) {
      for (Path file : files.filter(f -> RouteFolder.isRoutes(f.toString())).sorted().toList()) {
        found.add(read(routes, file));
      }
    }
    return found;
  }

  List<Map<String, Object>> routes() {
    return sections("route");
  }

  /** The policy's name, if this is the file of one. */
  List<String> policies() {
    return sections("routeConfiguration").stream().map(RouteFile::id).toList();
  }

  /** Names and descriptions of the policies of this file. */
  Stream<Map.Entry<String, String>> policyTexts() {
    return sections("routeConfiguration").stream()
        .map(policy -> Map.entry(id(policy), RoutesIndexTest.oneLine(policy.get("description"))));
  }

  /** The requests that a route of this file answers, such as {@code GET /dlq/{queue}}. */
  List<String> requests(String routeId) {
    List<String> requests = new ArrayList<>();
    for (Map<String, Object> rest : sections("rest")) {
      for (Map.Entry<String, Object> entry : rest.entrySet()) {
        if (VERBS.contains(entry.getKey())) {
          ((List<?>) entry.getValue())
              .stream()
                  .map(RouteFile::map)
                  .filter(verb -> ("direct:" + routeId).equals(verb.get("to")))
                  .map(
                      verb ->
                          entry.getKey().toUpperCase(Locale.ROOT)
                              + " "
                              + rest.get("path")
                              + verb.getOrDefault("path", ""))
                  .forEach(requests::add);
        }
      }
    }
    return requests;
  }

  /** The queues that a route consumes. */
  static Optional<String> queue(Map<String, Object> route) {
    return map(route.getOrDefault("from", Map.of())).get("parameters") instanceof Map<?, ?> options
        ? Optional.ofNullable(options.get("queues")).map(queues -> "queue `" + queues + "`")
        : Optional.empty();
  }

  /** The uris that a route sends to, in its order. */
  static Stream<String> targets(Map<String, Object> route) {
    return calls(route)
        .filter(call -> !call.containsKey("steps"))
        .map(call -> String.valueOf(call.get("uri")));
  }

  /** The ids of all that takes messages or requests: routes and verbs. */
  List<String> inputs() {
    return Stream.concat(
            routes().stream().map(RouteFile::id),
            verbs().stream().map(verb -> String.valueOf(verb.get("routeId"))))
        .toList();
  }

  boolean isVerb(String id) {
    return verbs().stream().anyMatch(verb -> id.equals(verb.get("routeId")));
  }

  /** Every id that must be the only one of its kind: of routes, verbs, policies and steps. */
  List<String> ids() {
    List<String> ids = new ArrayList<>(policies());
    routes().forEach(route -> ids.add(id(route)));
    verbs().forEach(verb -> ids.add(String.valueOf(verb.get("routeId"))));
    calls().filter(call -> call.get("id") != null).forEach(call -> ids.add(id(call)));
    return ids;
  }

  /** What DESIGN and STYLE ask for and this file does not do, in the order of the checks. */
  List<String> faults(Set<String> known) {
    List<String> faults = new ArrayList<>();
    if (lines.size() > MOST_LINES) {
      faults.add("%d lines, at most %d".formatted(lines.size(), MOST_LINES));
    }
    if (!policies().isEmpty()) {
      check(faults, policies().equals(List.of(name())), "holds other policies than " + name());
    } else if (sections("rest").isEmpty()) {
      List<String> ids = routes().stream().map(RouteFile::id).toList();
      check(faults, ids.equals(List.of(ownId())), "holds " + ids + " instead of " + ownId());
    } else {
      checkRest(faults);
    }
    routes().forEach(route -> checkRoute(route, known, faults));
    calls().forEach(call -> checkCall(call, faults));
    return faults;
  }

  private void checkRest(List<String> faults) {
    List<Map<String, Object>> rests = sections("rest");
    String resource =
        String.valueOf(rests.get(0).get("path")).replaceFirst("^/\\.?", "").replace('/', '-');
    check(
        faults,
        rests.size() == 1 && (resource.equals(name()) || resource.equals(pack() + "-" + name())),
        "is not named after its resource " + resource);
    List<Object> targets = verbs().stream().map(verb -> verb.get("to")).toList();
    for (Map<String, Object> verb : verbs()) {
      String id = String.valueOf(verb.get("routeId"));
      check(faults, id.startsWith(prefix()), "verb " + id + " does not begin with " + prefix());
    }
    for (Map<String, Object> route : routes()) {
      check(
          faults,
          id(route).startsWith(prefix()) && targets.contains("direct:" + id(route)),
          id(route) + " is no route of this resource");
    }
  }

  private static void checkRoute(
      Map<String, Object> route, Set<String> policies, List<String> faults) {
    String policy = String.valueOf(route.get("routeConfigurationId"));
    String uri = route.get("from") instanceof Map<?, ?> from ? String.valueOf(from.get("uri")) : "";
    check(faults, route.get("description") != null, id(route) + " has no description");
    check(faults, policies.contains(policy), id(route) + " asks for the unknown policy " + policy);
    check(
        faults,
        !uri.startsWith("direct:") || uri.equals("direct:" + id(route)),
        id(route) + " is reached as " + uri);
  }

  private void checkCall(Map<String, Object> call, List<String> faults) {
    String uri = String.valueOf(call.get("uri"));
    check(
        faults,
        uri.matches("direct:[a-z0-9-]+|[a-z0-9-]+|\\{\\{[^}]+}}")
            || isJava(path), // there, the rest of an address has no better place
        "a uri is more than a scheme: " + uri);
    boolean leaves = !uri.startsWith("direct:") && !call.containsKey("steps");
    String id = String.valueOf(call.get("id"));
    check(
        faults,
        leaves ? id.startsWith(prefix()) : call.get("id") == null,
        leaves ? "the call of " + uri + " has no id of this pack" : uri + " needs no id");
  }

  private static void check(List<String> faults, boolean good, String fault) {
    if (!good) {
      faults.add(fault);
    }
  }

  private String name() {
    return RouteFolder.nameOf(path.getFileName().toString());
  }

  private String pack() {
    return path.getName(0).toString();
  }

  /** What every id of the file begins with. */
  private String prefix() {
    return path.startsWith("shared/operator") ? "shared-operator-" : pack() + "-";
  }

  private String ownId() {
    return prefix() + name();
  }

  private static String id(Map<String, Object> section) {
    return String.valueOf(section.get("id"));
  }

  private List<Map<String, Object>> sections(String kind) {
    return entries.stream().filter(e -> e.containsKey(kind)).map(e -> map(e.get(kind))).toList();
  }

  private List<Map<String, Object>> verbs() {
    return sections("rest").stream()
        .flatMap(rest -> rest.entrySet().stream())
        .filter(entry -> VERBS.contains(entry.getKey()))
        .flatMap(entry -> ((List<?>) entry.getValue()).stream())
        .map(RouteFile::map)
        .toList();
  }

  /** What sends to or takes from a uri, anywhere in the routes and policies; a text is its uri. */
  private Stream<Map<String, Object>> calls() {
    return Stream.concat(routes().stream(), sections("routeConfiguration").stream())
        .flatMap(RouteFile::calls);
  }

  private static Stream<Map<String, Object>> calls(@Nullable Object node) {
    if (node instanceof List<?> list) {
      return list.stream().flatMap(RouteFile::calls);
    }
    if (!(node instanceof Map<?, ?>)) {
      return Stream.of();
    }
    return map(node).entrySet().stream()
        .flatMap(
            entry ->
                CALLS.contains(entry.getKey())
                    ? Stream.concat(Stream.of(call(entry.getValue())), calls(entry.getValue()))
                    : calls(entry.getValue()));
  }

  private static Map<String, Object> call(Object value) {
    return value instanceof Map<?, ?> ? map(value) : Map.of("uri", value);
  }

  @SuppressWarnings("unchecked") // keys of a route file are texts
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }
}
