package dev.serai.store;

import static dev.serai.files.ValueRule.number;

import dev.serai.files.ValueRule;
import java.util.List;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Refuses to start with values of {@code serai.forget} that cannot be, all of them at once. */
@Component
class ForgetValues implements BeanFactoryPostProcessor {
  private static final List<ValueRule> RULES =
      List.of(number("serai.forget.most", 1, 100_000), number("serai.forget.pause-ms", 0, 10_000));

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    ValueRule.refuse(beans, "shared", ForgetValues::problems);
  }

  /** What is wrong, in the order of the file; empty when nothing is. */
  static List<String> problems(Environment environment) {
    return ValueRule.problems(RULES, environment);
  }
}
