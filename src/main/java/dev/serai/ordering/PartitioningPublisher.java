package dev.serai.ordering;

import dev.serai.broker.OutgoingMessage;
import dev.serai.broker.Publisher;
import dev.serai.broker.UnsendableException;
import java.util.concurrent.CompletableFuture;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Publishes, and marks messages on their way to queues with partitions. */
@Component
class PartitioningPublisher implements Publisher {
  private final Publisher next;
  private final Partitioning partitioning;

  PartitioningPublisher(
      @Qualifier("confirmedPublisher") Publisher next, Partitioning partitioning) {
    this.next = next;
    this.partitioning = partitioning;
  }

  @Override
  public CompletableFuture<Void> publish(OutgoingMessage message) {
    OutgoingMessage marked;
    try {
      marked = partitioning.marked(message);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(
          new UnsendableException(
              "partition-key: the key of the message to exchange \"%s\" cannot be read: %s"
                  .formatted(message.exchange(), e.getMessage())));
    }
    return next.publish(marked);
  }
}
