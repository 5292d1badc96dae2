package dev.serai.ordering;

import dev.serai.broker.HoldsThread;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** A queue with partitions, from which a route gets messages in order per key. */
final class OrderedEndpoint extends DefaultEndpoint implements HoldsThread {
  private final OrderedComponent component;
  private final Options options;

  /**
   * What a route says.
   *
   * @param queue as its file calls it
   * @param window messages of each partition that are not acknowledged at most
   * @param workers messages that are tried at once at most, of all partitions
   */
  record Options(String queue, int window, int workers) {}

  OrderedEndpoint(String uri, OrderedComponent component, Options options) {
    super(uri, component);
    this.component = component;
    this.options = options;
  }

  Options options() {
    return options;
  }

  OrderedComponent engine() {
    return component;
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException(
        "ordered: is where a route begins; to send to its queue, publish to an exchange that it is bound to, with spring-rabbitmq:");
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    Consumer consumer = new OrderedConsumer(this, component.watch(options.queue(), processor));
    configureConsumer(consumer);
    return consumer;
  }
}
