package dev.serai.broker;

import com.rabbitmq.client.BuiltinExchangeType;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.qpid.server.model.Exchange;
import org.apache.qpid.server.model.LifetimePolicy;
import org.jspecify.annotations.Nullable;

/**
 * What an exchange is to be declared as.
 *
 * @param type in small letters
 * @param arguments RabbitMQ's, by name
 */
record ExchangeDeclaration(
    String name, String type, boolean durable, boolean autoDelete, Map<String, Object> arguments) {
  private static final Set<String> TYPES = Set.of("direct", "fanout", "topic", "headers");

  /** Where a message goes that no binding of the exchange wants. */
  private static final String ALTERNATE = "alternate-exchange";

  /** Takes the arguments of any of the client's {@code exchangeDeclare} methods. */
  @SuppressWarnings("unchecked") // the client's methods take such a map
  static ExchangeDeclaration ofCall(@Nullable Object[] call) {
    Object type = call[1];
    int length = call.length;
    Map<String, Object> arguments =
        length > 3 ? (Map<String, Object>) call[length - 1] : Map.<String, Object>of();
    return new ExchangeDeclaration(
        String.valueOf(call[0]),
        type instanceof BuiltinExchangeType known
            ? known.getType()
            : String.valueOf(type).toLowerCase(Locale.ROOT),
        length > 2 && Boolean.TRUE.equals(call[2]),
        length > 3 && Boolean.TRUE.equals(call[3]),
        arguments == null ? Map.of() : arguments);
  }

  /** The same arguments in the embedded broker's words, for a call that takes some. */
  void translate(@Nullable Object[] call) {
    if (arguments.containsKey(ALTERNATE)) {
      call[call.length - 1] = Map.of("alternateExchange", arguments.get(ALTERNATE));
    }
  }

  /** Whether it outlives its bindings and restarts. */
  boolean lasting() {
    return durable && !autoDelete;
  }

  /**
   * Finds what the embedded broker cannot do, and what it would leave as it is without a word.
   *
   * @param current the exchange of this name, when there is one
   * @return why it cannot be declared so, or empty when it can
   */
  Optional<String> refusal(Optional<Exchange<?>> current) {
    if (!TYPES.contains(type)) {
      return Optional.of(
          "invalid type '%s' for exchange '%s' in vhost '/': the embedded broker has direct, fanout, topic and headers"
              .formatted(type, name));
    }
    Optional<String> unknown =
        arguments.keySet().stream().filter(argument -> !argument.equals(ALTERNATE)).findFirst();
    if (unknown.isPresent()) {
      return Optional.of(
          "invalid arg '%s' for exchange '%s' in vhost '/': the embedded broker takes only %s; remove it, or use RabbitMQ"
              .formatted(unknown.get(), name, ALTERNATE));
    }
    return current.flatMap(
        found ->
            inequivalent("type", type, found.getType())
                .or(() -> inequivalent("durable", durable, found.isDurable()))
                .or(
                    () ->
                        inequivalent(
                            "auto_delete",
                            autoDelete,
                            found.getLifetimePolicy() != LifetimePolicy.PERMANENT)));
  }

  /** RabbitMQ's words. */
  private Optional<String> inequivalent(String what, Object received, Object current) {
    return received.equals(current)
        ? Optional.empty()
        : Optional.of(
            "inequivalent arg '%s' for exchange '%s' in vhost '/': received '%s' but current is '%s'"
                .formatted(what, name, received, current));
  }
}
