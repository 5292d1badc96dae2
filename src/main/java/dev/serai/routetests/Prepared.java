package dev.serai.routetests;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * A test whose words all have a meaning.
 *
 * @param test as it is written
 * @param beside the route file that it belongs to
 * @param entries where each of its messages comes in
 * @param files all that are needed, in the order of loading
 * @param failures makes the exceptions
 */
record Prepared(
    RouteTest test,
    RouteSource beside,
    List<Entry> entries,
    List<RouteSource> files,
    Failures failures) {

  /** Notes what has no meaning; empty then. */
  static Optional<Prepared> of(
      RouteTest test,
      RouteSource beside,
      RouteIndex index,
      ConfigurableEnvironment values,
      Failures failures) {
    int before = test.at().problems().size();
    List<Entry> entries = new ArrayList<>();
    for (Send send : test.sends()) {
      Entry.of(send, beside, index).ifPresent(entries::add);
      send.caught().ifPresent(failures::check);
    }
    Stream.of(test.given().endpoints(), test.given().beans())
        .flatMap(answers -> answers.values().stream())
        .flatMap(List::stream)
        .forEach(answer -> answer.failure().ifPresent(failures::check));
    checkConfig(test, values);
    Set<RouteSource> wanted = new LinkedHashSet<>(List.of(beside));
    entries.forEach(entry -> wanted.add(entry.file()));
    return test.at().problems().size() > before
        ? Optional.empty()
        : Optional.of(new Prepared(test, beside, entries, index.withNeeded(wanted), failures));
  }

  private static void checkConfig(RouteTest test, ConfigurableEnvironment values) {
    Map<String, Part> written =
        test.at()
            .part("given")
            .flatMap(given -> given.part("config"))
            .map(Part::entries)
            .orElse(Map.of());
    written.forEach(
        (key, part) -> {
          if (!values.containsProperty(key)) {
            part.refuse(
                "unknown-value",
                "\"%s\" is no key of config/".formatted(key),
                Part.instead(key, keys(values)));
          }
        });
  }

  private static Set<String> keys(ConfigurableEnvironment values) {
    Set<String> keys = new TreeSet<>();
    values
        .getPropertySources()
        .forEach(
            source -> {
              if (source instanceof EnumerablePropertySource<?> known) {
                keys.addAll(List.of(known.getPropertyNames()));
              }
            });
    return keys;
  }
}
