package dev.serai.ordering;

import dev.serai.topology.Topologies.Partitions;
import java.util.Map;

/**
 * A queue with partitions.
 *
 * @param queue as its file calls it
 */
record Partitioned(String queue, Partitions partitions, PartitionKey key) {

  /** The headers by which a message finds its partition. */
  Map<String, Object> marks(Letter letter) {
    String header = Partitions.header(queue);
    return partitions.hashedByBroker()
        ? Map.of(header, Partitions.HASHED, Partitions.keyHeader(queue), key.orId(letter))
        : Map.of(header, String.valueOf(number(letter)));
  }

  /** The number of the partition in which a message belongs, where the publisher says so. */
  int number(Letter letter) {
    return key.partition(letter, partitions.count());
  }

  /** Whether an exchange is one to which only we send what is to go into a partition. */
  boolean isOurs(String exchange) {
    return exchange.isEmpty() || exchange.equals(Partitions.hash(queue));
  }
}
