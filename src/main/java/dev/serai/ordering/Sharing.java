package dev.serai.ordering;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Leaves partitions to other instances. The broker gives each to the one that has waited longest,
 * so that the first instance would have all of them for as long as it lives.
 */
final class Sharing {
  private Sharing() {}

  /**
   * Gives up what this instance has beyond its share: it ends what it has begun there, and waits
   * behind the others.
   *
   * @param all partitions of a queue
   * @throws IOException the broker does not say how many instances there are
   */
  static void leaveSome(List<Partition> all, Partition.Connections connections) throws IOException {
    List<Partition> own = all.stream().filter(Partition::isServed).toList();
    if (own.size() <= 1) {
      return;
    }
    int share = share(all.size(), instances(own.get(0), connections));
    own.stream()
        .sorted(Comparator.comparing(Partition::size))
        .limit(Math.max(0, own.size() - share))
        .forEach(Partition::leave);
  }

  /** The most partitions that one of some instances needs to have. */
  static int share(int partitions, int instances) {
    return (partitions + Math.max(1, instances) - 1) / Math.max(1, instances);
  }

  private static int instances(Partition one, Partition.Connections connections)
      throws IOException {
    try (Channel asking = connections.get().createChannel()) {
      return asking.queueDeclarePassive(one.name()).getConsumerCount();
    } catch (TimeoutException e) {
      throw new IOException(e);
    }
  }
}
