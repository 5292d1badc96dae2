package dev.serai.javadsl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a route file in Java amounts to, in the words and the order of one in YAML.
 *
 * @param elements routes, rest blocks, policies and templates
 */
public record RouteOutline(List<Element> elements) {

  /**
   * One of them.
   *
   * @param kind such as {@code route}
   */
  public record Element(String kind, Mapping body) {}

  /**
   * Keys with their values: a {@link String}, a {@link Mapping} or a {@link List} of these.
   *
   * @param line where it is written, from 1; less when that is not known
   */
  public record Mapping(int line, Map<String, Object> keys) {}

  /** The same as a YAML reader gives it, without the places. */
  public List<Map<String, Object>> plain() {
    return elements.stream().map(element -> Map.of(element.kind(), plain(element.body()))).toList();
  }

  private static Object plain(Object value) {
    if (value instanceof Mapping mapping) {
      Map<String, Object> plain = new LinkedHashMap<>();
      mapping.keys().forEach((key, inner) -> plain.put(key, plain(inner)));
      return plain;
    }
    return value instanceof List<?> list ? list.stream().map(RouteOutline::plain).toList() : value;
  }
}
