package dev.serai.conduit;

import static dev.serai.files.ValueRule.number;
import static dev.serai.files.ValueRule.time;

import dev.serai.files.ValueRule;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Refuses to start with values of {@code conduit.*} that cannot be, all of them at once. */
@Component
class ConduitValues implements BeanFactoryPostProcessor {
  private static final Pattern VARIABLE = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)?");
  private static final String ADDRESS =
      "an http or https address without a login, or leave it empty";

  private static final String TAKEN_BACK =
      "as RabbitMQ gives a request that is not done after 30m to somebody else, too";

  private static final List<ValueRule> RULES =
      List.of(
          number("conduit.partitions", 1, 1000),
          new ValueRule("conduit.cache.queue", text -> !text.isBlank(), "the name of a queue"),
          new ValueRule("conduit.cache.invalidate-url", ConduitValues::isAddress, ADDRESS, true),
          time("conduit.cache.timeout", "1ms", "1m"),
          time("conduit.cache.look", "10ms", "1h"),
          number("conduit.cache.prefetch", 1, 65_535),
          number("conduit.spend.workers", 1, 1000),
          time("conduit.spend.look", "10ms", "1h"),
          time("conduit.spend.tell-after", "0s", "1d"),
          number("conduit.spend.limit", 1, 100_000),
          time("conduit.spend.keep", "1h", "3650d"),
          time("conduit.spend.give-up", "1h", "3650d"),
          number("conduit.image.workers", 1, 1000)
              .because(
                  "as each is a thread (CONDUITLLM__RABBITMQ__PREFETCHCOUNT, unless config/ names"
                      + " another)"),
          new ValueRule("conduit.image.base-url", ConduitValues::isAddress, ADDRESS, true),
          new ValueRule(
              "conduit.image.key-variable",
              VARIABLE.asMatchPredicate(),
              "the name of an environment variable, not the key, or leave it empty",
              true),
          new ValueRule(
              "conduit.image.model",
              text -> text.length() <= 200,
              "up to 200 characters, or leave it empty"),
          time("conduit.image.timeout", "1ms", "20m").because(TAKEN_BACK),
          time("conduit.image.simulated-delay", "0s", "20m").because(TAKEN_BACK),
          time("conduit.image.keep", "1m", "3650d"),
          time("conduit.forget.interval", "10ms", "1d"));

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    ValueRule.refuse(beans, "conduit", ConduitValues::problems);
  }

  /** What is wrong, in the order of the file; empty when nothing is. */
  static List<String> problems(Environment environment) {
    return ValueRule.problems(RULES, environment);
  }

  private static boolean isAddress(String text) {
    try {
      URI uri = URI.create(text.strip());
      return text.isBlank()
          || (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
              && uri.getHost() != null
              && uri.getUserInfo() == null);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
