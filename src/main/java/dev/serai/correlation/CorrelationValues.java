package dev.serai.correlation;

import static dev.serai.files.ValueRule.number;
import static dev.serai.files.ValueRule.period;
import static dev.serai.files.ValueRule.time;

import dev.serai.files.ValueRule;
import java.util.List;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Refuses to start with values of {@code correlation.*} that cannot be, all of them at once. */
@Component
class CorrelationValues implements BeanFactoryPostProcessor {
  private static final List<ValueRule> RULES =
      List.of(
          new ValueRule("correlation.enabled", List.of("true", "false")::contains, "true or false"),
          new ValueRule("correlation.store", List.of("sql", "redis")::contains, "sql or redis"),
          new ValueRule(
              "correlation.redis.host",
              text -> text.matches("[\\w.:-]{1,255}"),
              "a name or an IP address"),
          number("correlation.redis.port", 1, 65_535),
          time("correlation.redis.timeout", "10ms", "1m"),
          time("correlation.keep", "1s", "3650d"),
          period("correlation.forget-interval"),
          time("correlation.patience", "1ms", "10s"),
          number("correlation.most-waiting", 1, 10_000_000),
          number("correlation.most-events", 1, 100_000));

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    ValueRule.refuse(beans, "shared", CorrelationValues::problems);
  }

  /** What is wrong, in the order of the file; empty when nothing is. */
  static List<String> problems(Environment environment) {
    return ValueRule.problems(RULES, environment);
  }
}
