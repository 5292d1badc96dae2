package dev.serai.hub;

import static dev.serai.files.ValueRule.number;
import static dev.serai.files.ValueRule.period;
import static dev.serai.files.ValueRule.time;

import dev.serai.files.ValueRule;
import java.util.List;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Refuses to start with values of {@code streams.*} that cannot be, all of them at once. */
@Component
class HubValues implements BeanFactoryPostProcessor {
  private static final List<ValueRule> RULES =
      List.of(
          time("streams.heartbeat", "1s", "1h"),
          time("streams.max-age", "0s", "365d"),
          time("streams.patience", "1s", "1h"),
          time("streams.come-back", "1s", "1h"),
          period("streams.look"),
          time("streams.keep.age", "1s", "3650d"),
          number("streams.keep.per-topic", 1, 1_000_000),
          period("streams.keep.look"),
          number("streams.prefetch", 1, 65_535),
          number("streams.most.connections", 1, 1_000_000),
          number("streams.most.per-client", 1, 1_000_000),
          number("streams.most.topics", 1, 10_000),
          number("streams.most.latest", 1, 1_000_000),
          number("streams.most.latest-bytes", 1, 1_000_000_000));

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    ValueRule.refuse(beans, "shared", HubValues::problems);
  }

  /** What is wrong, in the order of the file; empty when nothing is. */
  static List<String> problems(Environment environment) {
    return ValueRule.problems(RULES, environment);
  }
}
