package dev.serai.routetests;

import dev.serai.files.RouteFolder;
import dev.serai.javadsl.BadJavaException;
import dev.serai.javadsl.JavaRoutes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A route file, as far as a test must know it.
 *
 * @param path below the folder of the routes, with slashes
 * @param bytes its text
 * @param routes their ids, with the uri of their input
 * @param queues that its routes consume, with the route's id
 * @param verbs of its rest blocks: method and path, such as {@code GET /dlq/{queue}}, with the id
 * @param defines what others can use, such as {@code direct:name} and {@code policy:name}
 * @param words every single text in it
 */
record RouteSource(
    String path,
    byte[] bytes,
    Map<String, String> routes,
    Map<String, String> queues,
    Map<String, String> verbs,
    Set<String> defines,
    Set<String> words) {
  private static final Set<String> METHODS =
      Set.of("get", "post", "put", "patch", "delete", "head");
  private static final int DEEPEST = 100;
  private static final String POLICY = "policy:";
  private static final Map<String, String> REFERENCES =
      Map.of("routeConfigurationId", POLICY, "routeTemplateRef", "template:", "ref", "bean:");

  /** Reads what it can; what cannot be read defines nothing. */
  static RouteSource read(String path, byte[] bytes, JavaRoutes java) {
    RouteSource source =
        new RouteSource(
            path,
            bytes,
            new HashMap<>(),
            new HashMap<>(),
            new HashMap<>(),
            new HashSet<>(),
            new HashSet<>());
    try {
      if (path.endsWith(RouteFolder.JAVA)) {
        java.outline(path, bytes).plain().forEach(source::readElement);
        return source;
      }
      Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
      Object read = yaml.load(new String(bytes, StandardCharsets.UTF_8));
      if (read instanceof List<?> elements) {
        elements.forEach(source::readElement);
      } else if (read instanceof Map<?, ?> kamelet && path.endsWith(RouteFolder.KAMELET)) {
        source.readWords(null, kamelet, 0);
        if (kamelet.get("metadata") instanceof Map<?, ?> data) {
          source.defines.add("kamelet:" + data.get("name"));
        }
      }
    } catch (YAMLException | BadJavaException e) {
      return source; // has no inputs; a test beside it is told so
    }
    return source;
  }

  private void readElement(@Nullable Object element) {
    readWords(null, element, 0);
    if (!(element instanceof Map<?, ?> only)) {
      return;
    }
    if (only.get("route") instanceof Map<?, ?> route) {
      readRoute(route);
    }
    if (only.get("rest") instanceof Map<?, ?> rest) {
      readRest(rest);
    }
    if (only.get("routeConfiguration") instanceof Map<?, ?> policy) {
      defines.add(POLICY + policy.get("id"));
    }
    if (only.get("routeTemplate") instanceof Map<?, ?> template) {
      defines.add("template:" + template.get("id"));
    }
    if (only.get("beans") instanceof Collection<?> beans) {
      for (Object bean : beans) {
        if (bean instanceof Map<?, ?> fields) {
          defines.add("bean:" + fields.get("name"));
        }
      }
    }
  }

  private void readRoute(Map<?, ?> route) {
    String id = String.valueOf(route.get("id"));
    if (!(route.get("from") instanceof Map<?, ?> from)) {
      return;
    }
    String uri = String.valueOf(from.get("uri"));
    if (from.get("parameters") instanceof Map<?, ?> options) {
      if (uri.equals("direct")) {
        uri = "direct:" + options.get("name");
      } else if (options.get("queues") instanceof String consumed) {
        List.of(consumed.split(",")).forEach(queue -> queues.put(queue.strip(), id));
      } else if (uri.equals("ordered") && options.get("queue") instanceof String consumed) {
        queues.put(consumed.strip(), id);
      }
    }
    routes.put(id, uri);
    if (uri.contains(":")) { // else many have it
      defines.add(uri);
    }
  }

  private void readRest(Map<?, ?> rest) {
    String base = rest.get("path") instanceof String path ? path : "";
    for (Map.Entry<?, ?> entry : rest.entrySet()) {
      if (METHODS.contains(entry.getKey()) && entry.getValue() instanceof List<?> list) {
        for (Object item : list) {
          if (item instanceof Map<?, ?> verb) {
            String more = verb.get("path") instanceof String path ? path : "";
            String method = entry.getKey().toString().toUpperCase(Locale.ROOT);
            verbs.put(method + " " + base + more, String.valueOf(verb.get("routeId")));
          }
        }
      }
    }
  }

  private void readWords(@Nullable String key, @Nullable Object value, int depth) {
    if (depth > DEEPEST) { // a list may hold itself
      return;
    }
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, field) -> readWords(String.valueOf(name), field, depth + 1));
    } else if (value instanceof Collection<?> list) {
      list.forEach(item -> readWords(key, item, depth + 1));
    } else if (value instanceof String text) {
      String kind = key == null ? "" : REFERENCES.getOrDefault(key, "");
      words.add(kind + text);
    }
  }

  /** The first queue that a route consumes. */
  Optional<String> queueOf(String route) {
    return queues.entrySet().stream()
        .filter(entry -> entry.getValue().equals(route))
        .map(Map.Entry::getKey)
        .min(Comparator.naturalOrder());
  }

  /** Whether this file is needed by the other one. */
  boolean isUsedBy(RouteSource other) {
    return defines.stream().anyMatch(other.words::contains);
  }

  /** Whether there is anything in it that a message can go through. */
  boolean hasInputs() {
    return !routes.isEmpty() || !verbs.isEmpty();
  }

  boolean isPolicy() {
    return !policies().isEmpty();
  }

  List<String> policies() {
    return defines.stream()
        .filter(name -> name.startsWith(POLICY))
        .map(name -> name.substring(POLICY.length()))
        .toList();
  }

  /** What is built into routes comes first: a route that names it must find it. */
  boolean comesFirst() {
    return defines.stream().anyMatch(name -> name.matches("(policy|template|kamelet):.*"));
  }

  /** Every id that a test must go through: those of routes and of verbs. */
  List<String> ids() {
    List<String> ids = new ArrayList<>(routes.keySet());
    ids.addAll(verbs.values());
    return ids;
  }
}
