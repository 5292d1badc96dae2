package dev.serai.ordering;

import dev.serai.files.ValueRule;
import java.util.List;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Refuses to start with values of {@code ordering.*} that cannot be. */
@Component
class OrderingValues implements BeanFactoryPostProcessor {
  private static final List<ValueRule> RULES =
      List.of(ValueRule.number("ordering.memory-bytes", 0, 100_000_000_000L));

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    ValueRule.refuse(beans, "shared", OrderingValues::problems);
  }

  /** What is wrong; empty when nothing is. */
  static List<String> problems(Environment environment) {
    return ValueRule.problems(RULES, environment);
  }
}
