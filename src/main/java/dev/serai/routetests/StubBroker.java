package dev.serai.routetests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.rabbitmq.client.AMQP;
import dev.serai.broker.OutgoingMessage;
import dev.serai.broker.Publisher;
import dev.serai.broker.UnknownExchangeException;
import dev.serai.broker.UnroutableException;
import dev.serai.files.TimeText;
import dev.serai.topology.Topologies;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes what routes publish, as a broker with the exchanges and queues of the topology files would:
 * refuses what it could not route, and knows a wait and a parking queue.
 */
final class StubBroker implements Publisher {
  private static final String NAME = "spring-rabbitmq:";
  private static final String ORIGIN = "serai-origin-queue";

  private final Topologies topologies;
  private final Recording recording;
  private final Answers answers;
  private final Failures failures;

  StubBroker(Topologies topologies, Recording recording, Answers answers, Failures failures) {
    this.topologies = topologies;
    this.recording = recording;
    this.answers = answers;
    this.failures = failures;
  }

  @Override
  public CompletableFuture<Void> publish(OutgoingMessage message) {
    String name = NAME + (message.exchange().isEmpty() ? "default" : message.exchange());
    Answer answer = answers.next(name).orElse(null);
    Throwable refusal =
        answer == null
            ? refusal(message)
            : answer.failure().<Throwable>map(failures::make).orElse(null);
    if (refusal != null) {
      ObjectNode seen = tree(message, "exchange", message.exchange());
      recording.add(Recording.Kind.CALL, name, seen.put("refused", refusal.toString()));
    } else {
      note(message, name);
    }
    CompletableFuture<Void> confirm = new CompletableFuture<>();
    Executor later =
        answer == null || answer.delay().isZero()
            ? Runnable::run
            : CompletableFuture.delayedExecutor(answer.delay().toMillis(), TimeUnit.MILLISECONDS);
    later.execute(
        () -> {
          if (refusal == null) {
            confirm.complete(null);
          } else {
            confirm.completeExceptionally(refusal);
          }
        });
    return confirm;
  }

  private @Nullable Throwable refusal(OutgoingMessage message) {
    String exchange = message.exchange();
    if (exchange.isEmpty()) {
      return topologies.queues().containsKey(message.routingKey())
          ? null
          : new UnroutableException("No topology.yaml has a queue " + message.routingKey());
    }
    Topologies.ExchangeSpec spec = topologies.exchanges().get(exchange);
    if (spec == null) {
      return new UnknownExchangeException("No topology.yaml has an exchange " + exchange);
    }
    boolean wanted =
        spec.unroutableDropped()
            || topologies.bindings().stream()
                .filter(binding -> binding.exchange().equals(exchange))
                .anyMatch(binding -> leadsTo(spec.type(), binding.key(), message.routingKey()));
    return wanted
        ? null
        : new UnroutableException(
            "No queue is bound to exchange %s for key %s"
                .formatted(exchange, message.routingKey()));
  }

  private static boolean leadsTo(String type, String binding, String key) {
    return switch (type) {
      case "direct" -> binding.equals(key);
      case "topic" -> TopicKey.matches(binding, key);
      default -> true; // what a headers exchange does with a message, its broker knows
    };
  }

  private void note(OutgoingMessage message, String name) {
    Map<String, Object> headers = headers(message);
    Object origin = headers.get(ORIGIN);
    if (origin == null) {
      ObjectNode seen = tree(message, "exchange", message.exchange());
      recording.add(Recording.Kind.PUBLISHED, name, seen.put("routing-key", message.routingKey()));
      return;
    }
    Optional<Topologies.Rung> rung =
        Optional.ofNullable(topologies.queues().get(origin.toString())).stream()
            .flatMap(queue -> queue.retry().stream())
            .filter(step -> step.exchange().equals(message.exchange()))
            .filter(step -> step.routingKey().equals(message.routingKey()))
            .findFirst();
    if (rung.isPresent()) {
      ObjectNode seen = tree(message, "queue", origin.toString());
      seen.put("wait", TimeText.write(rung.get().delay()));
      recording.add(Recording.Kind.RETRIED, "retried", seen);
    } else {
      String place =
          message.exchange().isEmpty() ? message.routingKey() : queueBehind(message.exchange());
      ObjectNode seen = tree(message, "queue", place);
      recording.add(Recording.Kind.PARKED, "parked", seen.put("from", origin.toString()));
    }
  }

  private String queueBehind(String exchange) {
    return topologies.bindings().stream()
        .filter(binding -> binding.exchange().equals(exchange))
        .map(Topologies.BindingSpec::queue)
        .findFirst()
        .orElse(exchange);
  }

  private static ObjectNode tree(OutgoingMessage message, String key, String value) {
    AMQP.BasicProperties properties = message.properties();
    Map<String, Object> headers = new HashMap<>(headers(message));
    ObjectNode tree = JsonNodeFactory.instance.objectNode().put(key, value);
    tree.put("id", properties.getMessageId());
    tree.put("priority", properties.getPriority());
    tree.put("content-type", properties.getContentType());
    putIfThere(tree, "attempt", headers.get("serai-attempt"));
    putIfThere(tree, "reason", headers.get("serai-error"));
    headers.keySet().removeIf(name -> name.startsWith("serai-"));
    tree.set("headers", Tree.of(headers));
    tree.set("body", Tree.of(message.body()));
    return tree;
  }

  private static void putIfThere(ObjectNode tree, String key, @Nullable Object value) {
    JsonNode node = Tree.of(value);
    if (!node.isNull()) {
      tree.set(key, node);
    }
  }

  private static Map<String, Object> headers(OutgoingMessage message) {
    Map<String, Object> headers = message.properties().getHeaders();
    return headers == null ? Map.of() : headers;
  }
}
