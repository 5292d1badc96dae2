package dev.serai.tasks;

import static dev.serai.files.ValueRule.number;
import static dev.serai.files.ValueRule.period;
import static dev.serai.files.ValueRule.time;

import dev.serai.files.TimeText;
import dev.serai.files.ValueRule;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
  private static final String RENEWAL = "helixagent.tasks.renewal";
  private static final String LEASE = "helixagent.tasks.lease";
  private static final String ANSWER_TIMEOUT = "serai.db.answer-timeout";
  private static final String KEEP = "helixagent.tasks.keep";
  private static final String EVERY = "helixagent.verification.every";
  private static final String WEIGHT = "\\s*([1-9]\\d{0,2}|1000)";
  private static final long MANY = 1_000_000_000_000L;

  private static final List<ValueRule> RULES =
      List.of(
          new ValueRule(
              "helixagent.tasks.types",
              text -> entries(text).stream().allMatch(type -> type.matches("[a-z0-9-]{1,64}")),
              "names of small letters, digits and -, separated by commas"),
          number("helixagent.tasks.default-priority", 0, 10),
          time(LEASE, "20ms", "24h"),
          time(RENEWAL, "10ms", "1h"),
          number("helixagent.tasks.most-starts", 1, 1_000_000),
          number("helixagent.tasks.most-waiting", 1, 1_000_000_000),
          time("helixagent.tasks.retry.wait", "1ms", "365d"),
          number("helixagent.tasks.retry.attempts", 1, 1000),
          number("helixagent.tasks.retry.max-length", 1, MANY),
          number("helixagent.tasks.result.retries", 0, 1000),
          number("helixagent.tasks.result.pause-ms", 1, 60_000),
          // Camel's timers take no milliseconds with their unit.
          period("helixagent.tasks.sweep.interval"),
          time("helixagent.tasks.sweep.publish-after", "1s", "24h"),
          time("helixagent.tasks.sweep.republish-after", "1s", "30d"),
          time("helixagent.tasks.sweep.announce-after", "1s", "24h"),
          number("helixagent.tasks.sweep.limit", 1, 100_000),
          time("helixagent.tasks.stream.look", "10ms", "1m"),
          number("helixagent.tasks.stream.most-followers", 1, 1_000_000),
          time(KEEP, "1s", "3650d"),
          period("helixagent.tasks.forget-interval"),
          time("helixagent.dlq.ttl", "1ms", "365d"),
          number("helixagent.dlq.max-length", 1, MANY),
          time("helixagent.events.ttl", "1ms", "365d"),
          number("helixagent.events.max-length", 1, MANY),
          time("helixagent.notifications.ttl", "1ms", "365d"),
          number("helixagent.notifications.max-length", 1, MANY),
          number("helixagent.notifications.workers", 1, 100),
          number("helixagent.notifications.prefetch", 1, 65535),
          number("helixagent.notifications.webhooks.workers", 1, 100),
          number("helixagent.notifications.webhooks.batch-size", 2, 1000),
          number("helixagent.notifications.webhooks.batch-timeout-ms", 1, 10_000),
          number("helixagent.background.workers", 1, 100),
          new ValueRule(
              "helixagent.background.routes",
              text -> entries(text).stream().allMatch(route -> route.matches("[\\w.-]+")),
              "names of direct:, separated by commas"),
          new ValueRule(
              "helixagent.background.targets",
              text -> entries(text).stream().allMatch(TaskValues::isTarget),
              "name=https://host/path, separated by commas"),
          time("helixagent.background.timeout", "1ms", "24h"),
          new ValueRule(
              "helixagent.spend.exchange",
              text -> text.matches("[\\w.:-]{1,255}"),
              "the name of an exchange"),
          number("helixagent.debate.workers", 1, 100),
          number("helixagent.debate.minimum-answers", 1, 1000),
          time("helixagent.debate.round-timeout", "1s", "24h"),
          number("helixagent.debate.max-participants", 1, 1000),
          number("helixagent.debate.max-rounds", 1, 1000),
          period("helixagent.debate.look"),
          number("helixagent.verification.workers", 1, 100),
          time("helixagent.verification.timeout", "1ms", "24h"),
          number("helixagent.verification.max-tokens", 1, 1_000_000),
          new ValueRule(
              EVERY,
              text ->
                  text.equals("0") || TimeText.read(text).filter(TaskValues::isPeriod).isPresent(),
              "0, or a time from 1s to 365d"),
          new ValueRule(
              "helixagent.llm.fairness.enabled",
              text -> text.matches("true|false"),
              "true or false"),
          new ValueRule(
              "helixagent.llm.fairness.ageing",
              text ->
                  text.equals("0")
                      || TimeText.read(text).filter(t -> t.toMillis() >= 1).isPresent(),
              "0, or a time such as 5m"),
          new ValueRule(
              "helixagent.llm.fairness.weights",
              text -> entries(text).stream().allMatch(entry -> entry.matches(".*=" + WEIGHT)),
              "tenant=weight, separated by commas, with weights from 1 to 1000"),
          period("helixagent.llm.fairness.look"),
          period("helixagent.llm.waits.look"),
          number("helixagent.llm.waits.hold-ms", 0, 3_600_000));

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    ValueRule.refuse(beans, "helixagent", TaskValues::problems);
  }

  /** What is wrong, in the order of the file; empty when nothing is. */
  static List<String> problems(Environment environment) {
    List<String> problems = new ArrayList<>();
    RULES.forEach(rule -> rule.problem(environment).ifPresent(problems::add));
    if (problems.isEmpty() && read(environment, LEASE) < 2 * read(environment, RENEWAL)) {
      problems.add(
          "bad-value: helixagent.tasks.lease is \"%s\"; write at least two of helixagent.tasks.renewal"
              .formatted(environment.getProperty(LEASE)));
    }
    if (problems.isEmpty() && isHangLongerThanLease(environment)) {
      problems.add(
          "bad-value: helixagent.tasks.lease is \"%s\"; write more than twice %s, which is \"%s\""
              .formatted(
                  environment.getProperty(LEASE),
                  ANSWER_TIMEOUT,
                  environment.getProperty(ANSWER_TIMEOUT)));
    }
    // Its tasks are known by their keys, as long as they are kept.
    if (problems.isEmpty() && read(environment, EVERY) > read(environment, KEEP)) {
      problems.add(
          "bad-value: helixagent.verification.every is \"%s\"; write at most helixagent.tasks.keep"
              .formatted(environment.getProperty(EVERY)));
    }
    return problems;
  }

  /** One statement that PostgreSQL does not answer would cost all workers their tasks. */
  private static boolean isHangLongerThanLease(Environment environment) {
    return !environment.getProperty("serai.db.url", "").isEmpty()
        && TimeText.read(environment.getProperty(ANSWER_TIMEOUT, ""))
            .filter(timeout -> read(environment, LEASE) <= 2 * timeout.toMillis())
            .isPresent();
  }

  private static long read(Environment environment, String key) {
    return TimeText.read(environment.getRequiredProperty(key)).orElse(Duration.ZERO).toMillis();
  }

  private static boolean isPeriod(Duration time) {
    return time.toSeconds() >= 1 && time.toDays() <= 365;
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
