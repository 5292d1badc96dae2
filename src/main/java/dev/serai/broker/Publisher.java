package dev.serai.broker;

import java.util.concurrent.CompletableFuture;

/** Publishes to the broker; a message counts as published only when the broker has confirmed it. */
public interface Publisher {

  /**
   * Publishes one message, mandatory and confirmed.
   *
   * <p>Never blocks: when too many messages are unconfirmed, the message waits in line without a
   * thread.
   *
   * @param message what to send and where
   * @return completes when the broker has confirmed the message; fails with a {@link
   *     PublishException} at the latest after the publish timeout
   */
  CompletableFuture<Void> publish(OutgoingMessage message);
}
