package dev.serai.webhooks;

import static dev.serai.files.ValueRule.number;
import static dev.serai.files.ValueRule.period;
import static dev.serai.files.ValueRule.time;

import dev.serai.files.TimeText;
import dev.serai.files.ValueRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Refuses to start with values in {@code serai.webhooks.*} that cannot be, all of them at once. */
@Component("webhookValues")
class WebhookValues implements BeanFactoryPostProcessor {
  private static final String LEASE = "serai.webhooks.lease";
  private static final String TIMEOUT = "serai.webhooks.timeout";

  private static final List<ValueRule> RULES =
      List.of(
          time("serai.webhooks.overlap", "0s", "30d"),
          new ValueRule(
              "serai.webhooks.schedule",
              text ->
                  Arrays.stream(text.split(",", -1))
                      .allMatch(
                          wait ->
                              TimeText.read(wait)
                                  .filter(time -> time.compareTo(Duration.ofDays(30)) <= 0)
                                  .isPresent()),
              "times up to 30d, separated by commas"),
          number("serai.webhooks.jitter", 0, 100),
          number("serai.webhooks.egress-calls", 1, 10_000),
          number("serai.webhooks.slots", 1, 1000),
          number("serai.webhooks.ahead", 0, 10_000),
          time(TIMEOUT, "10ms", "10m"),
          time(LEASE, "50ms", "24h"),
          time("serai.webhooks.longest-retry-after", "0s", "30d"),
          time("serai.webhooks.slow-down", "10ms", "24h"),
          time("serai.webhooks.disable-after", "1ms", "365d"),
          number("serai.webhooks.breaker.failures", 1, 100),
          number("serai.webhooks.breaker.calls", 1, 10_000),
          time("serai.webhooks.breaker.pause", "1ms", "24h"),
          period("serai.webhooks.look"),
          period("serai.webhooks.probe.look"),
          time("serai.webhooks.probe.pause", "1ms", "24h"),
          time("serai.webhooks.tell-after", "1s", "24h"),
          time("serai.webhooks.keep", "1s", "3650d"),
          period("serai.webhooks.forget-interval"));

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    ValueRule.refuse(beans, "shared", WebhookValues::problems);
  }

  /** What is wrong, in the order of the file; empty when nothing is. */
  static List<String> problems(Environment environment) {
    List<String> problems = new ArrayList<>();
    RULES.forEach(rule -> rule.problem(environment).ifPresent(problems::add));
    if (problems.isEmpty() && read(environment, LEASE) < 2 * read(environment, TIMEOUT)) {
      problems.add(
          "bad-value: serai.webhooks.lease is \"%s\"; write at least twice serai.webhooks.timeout"
              .formatted(environment.getProperty(LEASE)));
    }
    return problems;
  }

  private static long read(Environment environment, String key) {
    return TimeText.read(environment.getRequiredProperty(key)).orElse(Duration.ZERO).toMillis();
  }
}
