package dev.serai.idempotence;

import static dev.serai.files.ValueRule.time;

import dev.serai.files.ValueRule;
import java.util.List;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Refuses to start with values of {@code idempotence.*} that cannot be, all of them at once. */
@Component
class IdempotenceValues implements BeanFactoryPostProcessor {
  private static final List<ValueRule> RULES =
      List.of(
          new ValueRule("idempotence.store", List.of("sql", "redis")::contains, "sql or redis"),
          time("idempotence.window", "1ms", "3650d"),
          time("idempotence.lease", "10ms", "1d"),
          new ValueRule(
              "idempotence.forget-interval",
              text -> text.matches("[1-9]\\d{0,5}[smh]"),
              "a time such as 1s, 5m or 1h"));

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    ValueRule.refuse(beans, "shared", IdempotenceValues::problems);
  }

  /** What is wrong, in the order of the file; empty when nothing is. */
  static List<String> problems(Environment environment) {
    return ValueRule.problems(RULES, environment);
  }
}
