package dev.serai.broker;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Says in the embedded broker's words what a queue was declared with in RabbitMQ's. */
final class QueueArguments {
  /** The attribute of the embedded broker's queue. */
  static final String OVERFLOW = "overflowPolicy";

  /** Without effect on the declaration here. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "x-dead-letter-exchange", // set through the broker's model: DeadLetters
          "x-dead-letter-routing-key",
          "x-dead-letter-strategy",
          "x-delivery-limit",
          "x-overflow", // together with others: overflow
          "x-queue-mode",
          "x-queue-type",
          "x-queue-master-locator",
          "x-queue-leader-locator",
          "x-quorum-initial-group-size");

  private QueueArguments() {}

  /**
   * Translates.
   *
   * @return arguments for the embedded broker's queue.declare
   * @throws IllegalArgumentException if an argument has no equivalent; says what to do instead
   */
  static Map<String, Object> translate(String queue, QueueDeclaration declaration) {
    Map<String, Object> translated = new HashMap<>();
    translated.put("description", declaration.toJson());
    // Makes reject and nack without requeue dead-letter; requeues and lost connections do not
    // count.
    translated.put("maximumDeliveryAttempts", 1);
    translated.put(OVERFLOW, overflow(declaration));
    declaration.arguments().forEach((name, value) -> translateOne(translated, queue, name, value));
    return translated;
  }

  /**
   * What a full queue does.
   *
   * @return {@code RING} drops the oldest message, as RabbitMQ does. That would delete it instead
   *     of dead-lettering it, and of a queue with priorities it would be another one: such queues
   *     refuse new ones
   */
  static String overflow(QueueDeclaration declaration) {
    return declaration.text("x-overflow").orElse("drop-head").equals("drop-head")
            && declaration.text("x-dead-letter-exchange").isEmpty()
            && declaration.text("x-max-priority").isEmpty()
        ? "RING"
        : "REJECT";
  }

  private static void translateOne(
      Map<String, Object> translated, String queue, String name, Object value) {
    refuseUnsupportedValue(queue, name, value);
    switch (name) {
      case "x-message-ttl" -> {
        translated.put("maximumMessageTtl", number(queue, name, value));
        translated.put("expiryPolicy", "ROUTE_TO_ALTERNATE");
      }
      case "x-max-length" ->
          translated.put("maximumQueueDepthMessages", number(queue, name, value));
      case "x-max-length-bytes" ->
          translated.put("maximumQueueDepthBytes", number(queue, name, value));
      case "x-max-priority" ->
          translated.put("priorities", levels(Math.toIntExact(number(queue, name, value))));
      case "x-single-active-consumer" -> translated.put(name, value);
      default -> {
        if (!WITHOUT_EFFECT.contains(name)) {
          throw refused(queue, name, value, "the embedded broker does not have it; remove it");
        }
      }
    }
  }

  private static void refuseUnsupportedValue(String queue, String name, Object value) {
    if (name.equals("x-queue-type") && !Set.of("classic", "quorum").contains(value)) {
      throw refused(
          queue, name, value, "the embedded broker has classic and quorum queues; write one");
    }
    if (name.equals("x-overflow") && !Set.of("drop-head", "reject-publish").contains(value)) {
      throw refused(
          queue, name, value, "the embedded broker refuses messages; write reject-publish");
    }
  }

  /**
   * The embedded broker centres its levels on priority 5 (JMS): with n + 1 of them, priorities 9
   * and 10 would share one. With these, 0 to n differ, and from 9 on what is higher counts as n.
   */
  private static int levels(int highest) {
    return Math.max(10, 2 * (highest - 4));
  }

  private static long number(String queue, String name, Object value) {
    if (value instanceof Long number && number >= 1) {
      return number;
    }
    throw refused(queue, name, value, "write a number from 1");
  }

  private static IllegalArgumentException refused(
      String queue, String name, Object value, String remedy) {
    return new IllegalArgumentException(
        "invalid arg '%s' for queue '%s' in vhost '/': '%s': %s, or use RabbitMQ"
            .formatted(name, queue, value, remedy));
  }
}
