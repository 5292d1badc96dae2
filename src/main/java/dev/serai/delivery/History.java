package dev.serai.delivery;

import dev.serai.broker.ReceivedMessage;
import dev.serai.topology.Topologies;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a message went through before this delivery.
 *
 * @param failures attempts that have failed, from 0
 * @param firstFailedAt when the first of them did
 * @param replays how often a person has sent it back, from 0
 */
record History(int failures, Optional<Instant> firstFailedAt, int replays) {
  private static final History NONE = new History(0, Optional.empty(), 0);

  /**
   * Reads our headers, unless somebody else may have written them: only what comes back from a wait
   * or a replay has them from us, and that comes through exchanges which no application uses.
   */
  static History of(ReceivedMessage message, Topologies topologies) {
    Map<String, Object> headers = DeliveryHeaders.of(message.properties());
    boolean ours =
        DeliveryHeaders.text(headers, DeliveryHeaders.ORIGIN)
            .filter(message.queue()::equals)
            .isPresent();
    if (!ours || !isInternal(message.exchange(), topologies)) {
      return NONE;
    }
    return new History(
        DeliveryHeaders.count(headers, DeliveryHeaders.ATTEMPT),
        DeliveryHeaders.time(headers, DeliveryHeaders.FIRST_FAILED_AT),
        DeliveryHeaders.count(headers, DeliveryHeaders.REPLAYS));
  }

  private static boolean isInternal(String exchange, Topologies topologies) {
    Topologies.ExchangeSpec spec = topologies.exchanges().get(exchange);
    return exchange.isEmpty() || (spec != null && !spec.open());
  }
}
