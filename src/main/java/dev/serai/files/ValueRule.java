package dev.serai.files;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * What a value of {@code config/} may be.
 *
 * @param key with the name of its pack, as {@code debias.retry}
 * @param remedy what to write, after "write"
 * @param secret whether the value must not be quoted
 */
public record ValueRule(String key, Predicate<String> good, String remedy, boolean secret) {
  public ValueRule(String key, Predicate<String> good, String remedy) {
    this(key, good, remedy, false);
  }

  /** A whole number within both bounds, of at most 18 digits. */
  public static ValueRule number(String key, long least, long most) {
    return new ValueRule(
        key,
        text ->
            text.matches("\\d{1,18}")
                && Long.parseLong(text) >= least
                && Long.parseLong(text) <= most,
        "a whole number from " + least + " to " + most);
  }

  /** A time within both bounds, each as {@link TimeText} reads it. */
  public static ValueRule time(String key, String least, String most) {
    Duration shortest = TimeText.read(least).orElseThrow();
    Duration longest = TimeText.read(most).orElseThrow();
    return new ValueRule(
        key,
        text ->
            TimeText.read(text)
                .filter(t -> t.compareTo(shortest) >= 0 && t.compareTo(longest) <= 0)
                .isPresent(),
        "a time from " + least + " to " + most);
  }

  /** With what a person wants to know before writing another value, after a comma. */
  public ValueRule because(String reason) {
    return new ValueRule(key, good, remedy + ", " + reason, secret);
  }

  /** The time between two runs of a route, as Camel's timer reads it. */
  public static ValueRule period(String key) {
    return new ValueRule(
        key, text -> text.matches("[1-9]\\d{0,5}[smh]"), "a time such as 1s, 5m or 1h");
  }

  /** What is wrong with the value, as {@code bad-value: key is "…"; write …}. */
  public Optional<String> problem(Environment environment) {
    String value = environment.getProperty(key);
    if (value == null) {
      return Optional.of(said("has no value"));
    }
    return good.test(value)
        ? Optional.empty()
        : Optional.of(said(secret ? "cannot be" : "is \"" + value + "\""));
  }

  /** What is wrong with any of some values, in the order of the rules. */
  public static List<String> problems(List<ValueRule> rules, Environment environment) {
    return rules.stream().flatMap(rule -> rule.problem(environment).stream()).toList();
  }

  private String said(String wrong) {
    return "bad-value: " + key + " " + wrong + "; write " + remedy;
  }

  /**
   * Ends the start when the pack is there and has values that cannot be.
   *
   * @param problems all that is wrong, each as {@link #problem} says it
   * @throws IllegalArgumentException all of it, a line each
   */
  public static void refuse(
      ConfigurableListableBeanFactory beans,
      String pack,
      Function<Environment, List<String>> problems) {
    Environment environment = beans.getBean(Environment.class);
    Path routes = Path.of(environment.getProperty("serai.routes", "routes"));
    if (!Files.isDirectory(routes.resolve(pack))) {
      return;
    }
    List<String> found = problems.apply(environment);
    if (!found.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", found));
    }
  }
}
