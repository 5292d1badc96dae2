package dev.serai.tasks;

import dev.serai.topology.TimeText;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Refuses to start with values of tasks in {@code helixagent.*} that cannot be, all of them at once
 * and before a route or bean reads one.
 */
@Component
class TaskValues implements BeanFactoryPostProcessor {
  private static final String PREFIX = "helixagent.";
  private static final String RENEWAL = "tasks.renewal";
  private static final String LEASE = "tasks.lease";
  private static final String KEEP = "tasks.keep";
  private static final String EVERY = "verification.every";
  private static final String WEIGHT = "\\s*([1-9]\\d{0,2}|1000)";
  private static final long MANY = 1_000_000_000_000L;

  /**
   * What a value may be.
   *
   * @param key after {@code helixagent.}
   * @param remedy what to write, after "write"
   */
  private record Rule(String key, Predicate<String> good, String remedy) {
    Optional<String> problem(Environment environment) {
      String value = environment.getProperty(PREFIX + key);
      if (value == null) {
        return Optional.of(said("has no value"));
      }
      return good.test(value) ? Optional.empty() : Optional.of(said("is \"" + value + "\""));
    }

    private String said(String wrong) {
      return "bad-value: " + PREFIX + key + " " + wrong + "; write " + remedy;
    }
  }

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "tasks.types",
              text -> entries(text).stream().allMatch(type -> type.matches("[a-z0-9-]{1,64}")),
              "names of small letters, digits and -, separated by commas"),
          number("tasks.default-priority", 0, 10),
          time(LEASE, "20ms", "24h"),
          time(RENEWAL, "10ms", "1h"),
          number("tasks.most-starts", 1, 1_000_000),
          time("tasks.retry.wait", "1ms", "365d"),
          number("tasks.retry.attempts", 1, 1000),
          number("tasks.retry.max-length", 1, MANY),
          // Camel's timers take no milliseconds with their unit.
          period("tasks.sweep.interval"),
          time("tasks.sweep.publish-after", "1s", "24h"),
          time("tasks.sweep.announce-after", "1s", "24h"),
          number("tasks.sweep.limit", 1, 100_000),
          time("tasks.stream.look", "10ms", "1m"),
          time(KEEP, "1s", "3650d"),
          period("tasks.forget-interval"),
          time("dlq.ttl", "1ms", "365d"),
          number("dlq.max-length", 1, MANY),
          time("events.ttl", "1ms", "365d"),
          number("events.max-length", 1, MANY),
          time("notifications.ttl", "1ms", "365d"),
          number("notifications.max-length", 1, MANY),
          number("notifications.workers", 1, 100),
          number("background.workers", 1, 100),
          new Rule(
              "background.routes",
              text -> entries(text).stream().allMatch(route -> route.matches("[\\w.-]+")),
              "names of direct:, separated by commas"),
          new Rule(
              "background.targets",
              text -> entries(text).stream().allMatch(TaskValues::isTarget),
              "name=https://host/path, separated by commas"),
          time("background.timeout", "1ms", "24h"),
          number("verification.workers", 1, 100),
          time("verification.timeout", "1ms", "24h"),
          number("verification.max-tokens", 1, 1_000_000),
          new Rule(
              EVERY,
              text ->
                  text.equals("0") || TimeText.read(text).filter(TaskValues::isPeriod).isPresent(),
              "0, or a time from 1s to 365d"),
          new Rule("llm.fairness.enabled", text -> text.matches("true|false"), "true or false"),
          new Rule(
              "llm.fairness.ageing",
              text ->
                  text.equals("0")
                      || TimeText.read(text).filter(t -> t.toMillis() >= 1).isPresent(),
              "0, or a time such as 5m"),
          new Rule(
              "llm.fairness.weights",
              text -> entries(text).stream().allMatch(entry -> entry.matches(".*=" + WEIGHT)),
              "tenant=weight, separated by commas, with weights from 1 to 1000"),
          period("llm.fairness.look"));

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    Environment environment = beans.getBean(Environment.class);
    Path routes = Path.of(environment.getProperty("serai.routes", "routes"));
    if (!Files.isDirectory(routes.resolve("helixagent"))) {
      return;
    }
    List<String> problems = problems(environment);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
  }

  /** What is wrong, in the order of the file; empty when nothing is. */
  static List<String> problems(Environment environment) {
    List<String> problems = new ArrayList<>();
    RULES.forEach(rule -> rule.problem(environment).ifPresent(problems::add));
    if (problems.isEmpty() && read(environment, LEASE) < 2 * read(environment, RENEWAL)) {
      problems.add(
          "bad-value: helixagent.tasks.lease is \"%s\"; write at least two of helixagent.tasks.renewal"
              .formatted(environment.getProperty(PREFIX + LEASE)));
    }
    // Its tasks are known by their keys, as long as they are kept.
    if (problems.isEmpty() && read(environment, EVERY) > read(environment, KEEP)) {
      problems.add(
          "bad-value: helixagent.verification.every is \"%s\"; write at most helixagent.tasks.keep"
              .formatted(environment.getProperty(PREFIX + EVERY)));
    }
    return problems;
  }

  private static long read(Environment environment, String key) {
    return TimeText.read(environment.getRequiredProperty(PREFIX + key))
        .orElse(Duration.ZERO)
        .toMillis();
  }

  private static Rule number(String key, long least, long most) {
    return new Rule(
        key,
        text ->
            text.matches("\\d{1,18}")
                && Long.parseLong(text) >= least
                && Long.parseLong(text) <= most,
        "a whole number from " + least + " to " + most);
  }

  private static Rule time(String key, String least, String most) {
    Duration shortest = TimeText.read(least).orElseThrow();
    Duration longest = TimeText.read(most).orElseThrow();
    return new Rule(
        key,
        text ->
            TimeText.read(text)
                .filter(t -> t.compareTo(shortest) >= 0 && t.compareTo(longest) <= 0)
                .isPresent(),
        "a time from " + least + " to " + most);
  }

  private static boolean isPeriod(Duration time) {
    return time.toSeconds() >= 1 && time.toDays() <= 365;
  }

  private static Rule period(String key) {
    return new Rule(key, text -> text.matches("[1-9]\\d{0,5}[smh]"), "a time such as 1s, 5m or 1h");
  }

  private static boolean isTarget(String entry) {
    String[] parts = entry.split("=", 2);
    try {
      return parts.length == 2
          && parts[0].strip().matches("[\\w.-]+")
          && parts[1].strip().matches("(?i)https?://.+")
          && URI.create(parts[1].strip()).getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static List<String> entries(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).filter(e -> !e.isEmpty()).toList();
  }
}
