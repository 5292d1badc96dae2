package dev.serai.bloodbank;

import static dev.serai.files.ValueRule.number;
import static dev.serai.files.ValueRule.period;
import static dev.serai.files.ValueRule.time;

import dev.serai.files.ValueRule;
import java.util.List;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Refuses to start with values of {@code bloodbank.*} that cannot be, all of them at once. */
@Component
class BloodbankValues implements BeanFactoryPostProcessor {
  private static final List<ValueRule> RULES =
      List.of(
          time("bloodbank.history.keep", "1s", "3650d"),
          period("bloodbank.history.forget-interval"),
          number("bloodbank.history.page-bytes", 1000, 100_000_000),
          number("bloodbank.history.batch-size", 2, 1000),
          number("bloodbank.history.batch-timeout-ms", 1, 60_000),
          number("bloodbank.history.prefetch", 1, 60),
          time("bloodbank.replay.timeout", "10ms", "10m"),
          time("bloodbank.replay.patience", "1s", "10m"),
          number("bloodbank.replay.at-once", 1, 100),
          period("bloodbank.subscriptions.look"),
          time("bloodbank.subscriptions.keep", "1s", "365d"),
          number("bloodbank.subscriptions.max-length", 1, 1_000_000_000),
          number("bloodbank.subscriptions.prefetch", 1, 65_535));

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    ValueRule.refuse(beans, "bloodbank", BloodbankValues::problems);
  }

  /** What is wrong, in the order of the file; empty when nothing is. */
  static List<String> problems(Environment environment) {
    return ValueRule.problems(RULES, environment);
  }
}
