package dev.serai.ordering;

import java.util.Optional;
import java.util.function.Consumer;
import org.apache.camel.Exchange;

/**
 * Keeps the order of a key beyond a parked message: later ones are parked behind it, untried, until
 * all of them were replayed and are done.
 */
final class HoldingBack {
  private final Partitioned queue;
  private final Holds holds;
  private final Consumer<Exchange> park;

  /**
   * For one consumer.
   *
   * @param park sends the message of an exchange to its parking queue, as the policies do
   */
  HoldingBack(Partitioned queue, Holds holds, Consumer<Exchange> park) {
    this.queue = queue;
    this.holds = holds;
    this.park = park;
  }

  /** One attempt: that of the route, or none when the key is held back. */
  void attempt(Held message, Exchange exchange, Consumer<Exchange> route) {
    Optional<String> key = message.key();
    if (!queue.partitions().hold() || key.isEmpty()) {
      route.accept(exchange);
      return;
    }
    String id = message.id();
    boolean replay = message.kept().isReplay();
    if (message.kept().isParked()) { // in the attempt before, and could not be noted
      holds.add(queue.queue(), key.get(), id);
    } else if (!replay && holds.isHeld(queue.queue(), key.get())) {
      holds.add(queue.queue(), key.get(), id);
      exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new HeldBehindException());
      park.accept(exchange);
    } else {
      route.accept(exchange);
      if (exchange.getException() == null && message.kept().nextWait().isEmpty()) {
        note(message, key.get(), id);
      }
    }
  }

  private void note(Held message, String key, String id) {
    if (message.kept().isParked()) {
      holds.add(queue.queue(), key, id);
    } else if (message.kept().isReplay()) {
      holds.remove(queue.queue(), key, id);
    }
  }
}
