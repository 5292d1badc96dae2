package dev.serai.routetests;

import dev.serai.files.RouteFolder;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
      Known known,
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
    checkBeans(test, known);
    Set<RouteSource> wanted = new LinkedHashSet<>();
    entries.forEach(entry -> wanted.add(entry.file()));
    test.given().policy().ifPresent(policy -> checkPolicy(policy, entries, index, wanted));
    if (!beside.hasInputs() && !index.withNeeded(wanted).contains(beside)) {
      test.at()
          .refuse(
              "unknown-route",
              "no route that the test sends to uses the policy beside",
              "send to one that names it, or write given: {policy: its name}");
    }
    wanted.add(beside);
    return test.at().problems().size() > before
        ? Optional.empty()
        : Optional.of(new Prepared(test, beside, entries, index.withNeeded(wanted), failures));
  }

  private static void checkPolicy(
      Part policy, List<Entry> entries, RouteIndex index, Set<RouteSource> wanted) {
    index
        .ofPolicy(policy.text())
        .ifPresentOrElse(
            wanted::add,
            () ->
                policy.refuse(
                    "unknown-policy",
                    "there is no policy \"%s\"".formatted(policy.text()),
                    Part.instead(policy.text(), index.policies())));
    if (entries.stream().anyMatch(entry -> entry.file().path().endsWith(RouteFolder.JAVA))) {
      policy.refuse(
          "wrong-value", "a route in Java keeps its policy", "send to a route that is in YAML");
    }
  }

  /** The policy that the routes of a file have instead of their own; none when they keep it. */
  Optional<String> policyOf(RouteSource file) {
    return test.given()
        .policy()
        .filter(policy -> entries.stream().anyMatch(entry -> entry.file().equals(file)))
        .map(Part::text);
  }

  private static void checkConfig(RouteTest test, ConfigurableEnvironment values) {
    test.given()
        .config()
        .forEach(
            (key, part) -> {
              if (!values.containsProperty(key)) {
                part.refuse(
                    "unknown-value",
                    "\"%s\" is no key of config/".formatted(key),
                    Part.instead(key, keys(values)));
              }
            });
  }

  private static void checkBeans(RouteTest test, Known known) {
    for (String called : test.given().beans().keySet()) {
      String name = called.replaceFirst("\\..*", "");
      String method = called.replaceFirst("[^.]*\\.", "");
      Optional<Class<?>> type = known.type(name);
      Part place = test.given().place(called).orElse(test.at());
      if (!called.matches("\\w+\\.\\w+")) {
        place.refuse(
            "unknown-bean", "\"%s\" is no method of a bean".formatted(called), "write name.method");
      } else if (type.isEmpty()) {
        place.refuse(
            "unknown-bean",
            "there is no bean \"%s\"".formatted(name),
            Part.instead(name, Set.of(known.beans().getBeanDefinitionNames())));
      } else if (Arrays.stream(type.get().getMethods())
          .noneMatch(m -> m.getName().equals(method))) {
        place.refuse(
            "unknown-bean",
            "the bean %s has no public method \"%s\"".formatted(name, method),
            Part.instead(
                method,
                Arrays.stream(type.get().getDeclaredMethods())
                    .filter(m -> Modifier.isPublic(m.getModifiers()))
                    .map(Method::getName)
                    .collect(Collectors.toSet())));
      }
    }
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
