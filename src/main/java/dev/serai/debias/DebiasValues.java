package dev.serai.debias;

import static dev.serai.files.ValueRule.number;
import static dev.serai.files.ValueRule.time;

import dev.serai.files.TimeText;
import dev.serai.files.ValueRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private static final String WEIGHTS = "debias.profile.weights";
  private static final Pattern NEO4J = Pattern.compile("(bolt|neo4j)(\\+s|\\+ssc)?://[^\\s/]+.*");
  private static final Pattern HOST =
      Pattern.compile("[\\w.-]*|\\[?[0-9a-fA-F.]*(:[0-9a-fA-F.]*){2,}]?");
  private static final Pattern COLLECTION = Pattern.compile("[^\\s<>:\"/\\\\|?*]{1,255}");

  private static final List<ValueRule> RULES =
      List.of(
          new ValueRule(
              "debias.write-path",
              List.of("direct", "both", "queue")::contains,
              "direct, both or queue"),
          number("debias.priority.purchase", 0, 10),
          number("debias.priority.other", 0, 10),
          number("debias.direct.retry-after", 0, 86_400),
          number("debias.direct.threads", 1, 1000),
          number("debias.direct.max-waiting", 1, 1_000_000),
          new ValueRule(
              "debias.retry", DebiasValues::isLadder, "times such as 5s, 30s, 5m, shortest first"),
          number("debias.queue.max-length", 1, 1_000_000_000_000L),
          new ValueRule(
              "debias.graph.neo4j-uri",
              text -> text.isEmpty() || NEO4J.matcher(text).matches(),
              "an address such as neo4j://host:7687, or leave it empty",
              true),
          time("debias.graph.neo4j-timeout", "1s", "60s"),
          number("debias.graph.answer-limit", 1, 10_000),
          number("debias.graph.workers", 1, 100),
          number("debias.graph.batch-size", 2, 1000),
          number("debias.graph.batch-timeout-ms", 1, 60_000),
          number("debias.graph.prefetch", 1, 60),
          new ValueRule(
              "debias.profile.qdrant-host",
              HOST.asMatchPredicate(),
              "a name or an IP address, or nothing"),
          number("debias.profile.qdrant-port", 1, 65_535),
          new ValueRule(
              "debias.profile.qdrant-tls", List.of("true", "false")::contains, "true or false"),
          number("debias.profile.qdrant-timeout-ms", 1, 600_000),
          new ValueRule(
              "debias.profile.qdrant-collection",
              COLLECTION.asMatchPredicate(),
              "1 to 255 letters, digits or signs, none of them a space or < > : \" / \\ | ? *"),
          number("debias.profile.vector-dimension", 1, 65_535),
          new ValueRule("debias.profile.other-weight", DebiasValues::isWeight, "a number"),
          number("debias.profile.last-products", 0, 10_000),
          number("debias.profile.remembered-events", 0, 100_000),
          number("debias.profile.workers", 1, 100),
          number("debias.profile.batch-size", 2, 1000),
          number("debias.profile.batch-timeout-ms", 1, 60_000),
          number("debias.profile.prefetch", 1, 60));

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    ValueRule.refuse(beans, "debias", DebiasValues::problems);
  }

  /** What is wrong, in the order of the file; empty when nothing is. */
  static List<String> problems(Environment environment) {
    List<String> problems = new ArrayList<>(ValueRule.problems(RULES, environment));
    Binder.get(environment)
        .bind(WEIGHTS, Bindable.mapOf(String.class, String.class))
        .orElse(Map.of())
        .keySet()
        .stream()
        .map(type -> new ValueRule(WEIGHTS + "." + type, DebiasValues::isWeight, "a number"))
        .flatMap(rule -> rule.problem(environment).stream())
        .forEach(problems::add);
    return problems;
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
