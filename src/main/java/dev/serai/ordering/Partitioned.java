package dev.serai.ordering;

import dev.serai.topology.Topologies.Partitions;

/**
 * A queue with partitions.
 *
 * @param queue as its file calls it
 */
record Partitioned(String queue, Partitions partitions, PartitionKey key) {

  /** The number of the partition in which a message belongs. */
  int number(Letter letter) {
    return key.partition(letter, partitions.count());
  }
}
