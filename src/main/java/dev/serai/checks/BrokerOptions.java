package dev.serai.checks;

import dev.serai.checks.Endpoints.Use;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Options of {@code spring-rabbitmq} that lose messages, or do what {@code topology.yaml} or a
 * policy is there for.
 */
final class BrokerOptions {
  private static final String TOPOLOGY = "remove it; topology.yaml says what the broker has";

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              Set.of("asyncConsumer"),
              Set.of("false"),
              "takes each message off its queue at once, so that one that fails is lost",
              "remove it; concurrentConsumers and prefetchCount make it faster"),
          new Rule(
              Set.of("acknowledgeMode"),
              Set.of("auto"),
              "takes messages off their queue too early, or never",
              "remove it; a message goes when its route has ended without a failure"),
          new Rule(
              Set.of("autoDeclare", "autoDeclareProducer"),
              Set.of("false"),
              "declares what no topology.yaml has, and keeps the route from starting without broker",
              TOPOLOGY),
          new Rule(
              Set.of("deadLetterExchange", "deadLetterQueue", "deadLetterRoutingKey"),
              Set.of(),
              "is for queues that an endpoint declares, and none does",
              "remove it; write dead-letter: or park: at the queue in topology.yaml"),
          new Rule(
              Set.of("maximumRetryAttempts", "retry"),
              Set.of("1"),
              "tries again while it holds up the queue, for each attempt of the policy",
              "remove it; write retry: at the queue in topology.yaml"),
          new Rule(
              Set.of("rejectAndDontRequeue"),
              Set.of("false"),
              "throws away a message that not even the policy could take care of",
              "remove it; such a message comes back"),
          new Rule(
              Set.of("confirm"),
              Set.of("auto", "enabled"),
              "would send without knowing whether the message arrived",
              "remove it; each message is confirmed"),
          new Rule(
              Set.of("testConnectionOnStartup"),
              Set.of("false"),
              "keeps the route from starting without broker",
              "remove it; the route takes messages as soon as the broker is there"));

  /** What a queue is declared with. */
  private static final Rule ARGUMENT =
      new Rule(
          Set.of(), Set.of(), "is for queues that an endpoint declares, and none does", TOPOLOGY);

  private BrokerOptions() {}

  /**
   * Options that must not be set.
   *
   * @param harmless values that change nothing
   */
  private record Rule(Set<String> options, Set<String> harmless, String wrong, String remedy) {}

  static void check(RouteFile file, Use use, Known known, Findings findings) {
    if (use.parameters() == null) {
      return;
    }
    for (NodeTuple tuple : use.parameters().getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode option
          && tuple.getValueNode() instanceof ScalarNode value) {
        String text = known.filled(value.getValue()).strip().toLowerCase(Locale.ROOT);
        RULES.stream()
            .filter(rule -> rule.options().contains(option.getValue()))
            .filter(rule -> !rule.harmless().contains(text))
            .forEach(rule -> refuse(file, option, rule, findings));
        if (option.getValue().startsWith("arg.")) {
          refuse(file, option, ARGUMENT, findings);
        }
      }
    }
  }

  private static void refuse(RouteFile file, ScalarNode option, Rule rule, Findings findings) {
    findings.add(
        file,
        option,
        "forbidden-option",
        "%s %s".formatted(option.getValue(), rule.wrong()),
        rule.remedy());
  }
}
