package dev.serai.debias;

import dev.serai.topology.TimeText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Refuses to start with values of {@code debias.*} that cannot be, all of them at once and before a
 * route or bean reads one.
 */
@Component
class DebiasValues implements BeanFactoryPostProcessor {
  private static final String PREFIX = "debias.";
  private static final String WEIGHTS = "profile.weights";
  private static final Pattern NEO4J = Pattern.compile("(bolt|neo4j)(\\+s|\\+ssc)?://[^\\s/]+.*");
  private static final Pattern HOST =
      Pattern.compile("[\\w.-]*|\\[?[0-9a-fA-F.]*(:[0-9a-fA-F.]*){2,}]?");
  private static final Pattern COLLECTION = Pattern.compile("[^\\s<>:\"/\\\\|?*]{1,255}");

  /**
   * What a value may be.
   *
   * @param key after {@code debias.}
   * @param remedy what to write, after "write"
   * @param secret whether the value must not be quoted
   */
  private record Rule(String key, Predicate<String> good, String remedy, boolean secret) {
    Rule(String key, Predicate<String> good, String remedy) {
      this(key, good, remedy, false);
    }

    Optional<String> problem(Environment environment) {
      String value = environment.getProperty(PREFIX + key);
      if (value == null) {
        return Optional.of(said("has no value"));
      }
      return good.test(value)
          ? Optional.empty()
          : Optional.of(said(secret ? "cannot be" : "is \"" + value + "\""));
    }

    private String said(String wrong) {
      return "bad-value: " + PREFIX + key + " " + wrong + "; write " + remedy;
    }
  }

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "write-path", List.of("direct", "both", "queue")::contains, "direct, both or queue"),
          number("priority.purchase", 0, 10),
          number("priority.other", 0, 10),
          number("direct.retry-after", 0, 86_400),
          number("direct.threads", 1, 1000),
          number("direct.max-waiting", 1, 1_000_000),
          new Rule("retry", DebiasValues::isLadder, "times such as 5s, 30s, 5m, shortest first"),
          number("queue.max-length", 1, 1_000_000_000_000L),
          new Rule(
              "graph.neo4j-uri",
              text -> text.isEmpty() || NEO4J.matcher(text).matches(),
              "an address such as neo4j://host:7687, or leave it empty",
              true),
          time("graph.neo4j-timeout", "1s", "60s"),
          number("graph.answer-limit", 1, 10_000),
          number("graph.workers", 1, 100),
          number("graph.batch-size", 2, 1000),
          number("graph.batch-timeout-ms", 1, 60_000),
          number("graph.prefetch", 1, 60),
          new Rule(
              "profile.qdrant-host",
              HOST.asMatchPredicate(),
              "a name or an IP address, or nothing"),
          number("profile.qdrant-port", 1, 65_535),
          new Rule("profile.qdrant-tls", List.of("true", "false")::contains, "true or false"),
          number("profile.qdrant-timeout-ms", 1, 600_000),
          new Rule(
              "profile.qdrant-collection",
              COLLECTION.asMatchPredicate(),
              "1 to 255 letters, digits or signs, none of them a space or < > : \" / \\ | ? *"),
          number("profile.vector-dimension", 1, 65_535),
          new Rule("profile.other-weight", DebiasValues::isWeight, "a number"),
          number("profile.last-products", 0, 10_000),
          number("profile.remembered-events", 0, 100_000),
          number("profile.workers", 1, 100),
          number("profile.batch-size", 2, 1000),
          number("profile.batch-timeout-ms", 1, 60_000),
          number("profile.prefetch", 1, 60));

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    Environment environment = beans.getBean(Environment.class);
    Path routes = Path.of(environment.getProperty("serai.routes", "routes"));
    if (!Files.isDirectory(routes.resolve("debias"))) {
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
    Binder.get(environment)
        .bind(PREFIX + WEIGHTS, Bindable.mapOf(String.class, String.class))
        .orElse(Map.of())
        .keySet()
        .stream()
        .map(type -> new Rule(WEIGHTS + "." + type, DebiasValues::isWeight, "a number"))
        .flatMap(rule -> rule.problem(environment).stream())
        .forEach(problems::add);
    return problems;
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

  private static boolean isLadder(String text) {
    List<Optional<Duration>> waits =
        Arrays.stream(text.split(",", -1)).map(TimeText::read).toList();
    Duration before = Duration.ZERO;
    for (Optional<Duration> wait : waits) {
      if (wait.isEmpty() || wait.get().compareTo(before) <= 0 || wait.get().toDays() > 365) {
        return false;
      }
      before = wait.get();
    }
    return true;
  }

  private static boolean isWeight(String text) {
    return text.matches("-?\\d{1,9}(\\.\\d{1,9})?");
  }
}
