package dev.serai.broker;

/**
 * What a queue is called here and on the broker. The names differ where each process has a queue of
 * its own. Thread-safe.
 */
public interface QueueNames {

  /** Every queue has one name. */
  QueueNames SAME =
      new QueueNames() {
        @Override
        public String onBroker(String queue) {
          return queue;
        }

        @Override
        public String inFiles(String queue) {
          return queue;
        }
      };

  /**
   * What the broker calls it.
   *
   * @param queue as files call it
   */
  String onBroker(String queue);

  /**
   * What files call it.
   *
   * @param queue as the broker calls it
   */
  String inFiles(String queue);
}
