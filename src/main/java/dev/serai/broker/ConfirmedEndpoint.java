package dev.serai.broker;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.springrabbit.SpringRabbitMQEndpoint;

/**
 * An endpoint {@code spring-rabbitmq:exchange} with a confirmed producer and, on request, a
 * consumer of batches.
 */
final class ConfirmedEndpoint extends SpringRabbitMQEndpoint implements HoldsThread {
  private final ConfirmedComponent component;
  private final Options options;

  /**
   * What ours can and the stock endpoint cannot.
   *
   * @param republish whether the producer sends the message as it was received, with {@code serai-}
   *     headers added
   * @param batchSize messages in one exchange at most; 1 means one by one
   * @param batchTimeout longest wait for a batch to fill, in milliseconds
   * @param batchPrefetch batches that each consumer holds, the one in work among them
   * @param prefetchGlobal whether the prefetch count holds for all consumers of a channel together
   * @param moreQueues a set of queues that come and go, see {@link MovingQueues}; empty: none
   */
  record Options(
      boolean republish,
      int batchSize,
      long batchTimeout,
      int batchPrefetch,
      boolean prefetchGlobal,
      String moreQueues) {}

  ConfirmedEndpoint(String uri, ConfirmedComponent component, String exchange, Options options) {
    super(uri, component, exchange);
    this.component = component;
    this.options = options;
  }

  boolean isRepublish() {
    return options.republish();
  }

  Options options() {
    return options;
  }

  QueueNames names() {
    return component.names();
  }

  @Override
  public Producer createProducer() {
    return component.createProducer(this);
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    Consumer consumer = component.createConsumer(this, component.watch(this, processor));
    configureConsumer(consumer);
    return consumer;
  }

  /** Camel's own, which takes messages one by one. */
  Consumer oneByOne(Processor processor) throws Exception {
    return super.createConsumer(processor);
  }
}
