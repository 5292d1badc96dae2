package dev.serai.broker;

import com.rabbitmq.client.Channel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.api.ChannelAwareBatchMessageListener;

/**
 * Hands several messages to a route as one exchange, whose body is a list of Camel messages, and
 * acknowledges them together when the route has ended well; else all of them come back.
 */
final class BatchConsumer extends DefaultConsumer implements Suspendable {
  private final ConfirmedEndpoint endpoint;
  private @Nullable SimpleMessageListenerContainer container;

  BatchConsumer(ConfirmedEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
    this.endpoint = endpoint;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    SimpleMessageListenerContainer made =
        new SimpleMessageListenerContainer(endpoint.getConnectionFactory());
    Containers.outlive(made);
    made.setQueueNames(Containers.queues(endpoint.getQueues(), endpoint.names()));
    made.setConsumerBatchEnabled(true);
    made.setBatchSize(endpoint.options().batchSize());
    made.setReceiveTimeout(endpoint.options().batchTimeout());
    made.setBatchReceiveTimeout(endpoint.options().batchTimeout());
    made.setPrefetchCount(endpoint.options().batchSize() * endpoint.options().batchPrefetch());
    made.setGlobalQos(endpoint.options().prefetchGlobal());
    made.setConcurrentConsumers(endpoint.getConcurrentConsumers());
    made.setConsumerArguments(endpoint.getConsumerArgs());
    made.setShutdownTimeout(TimeUnit.SECONDS.toMillis(5));
    made.setMessageListener(new Batches());
    made.afterPropertiesSet();
    made.start();
    container = made;
  }

  @Override
  protected void doStop() throws Exception {
    if (container != null) {
      container.stop();
      container.destroy();
      container = null;
    }
    super.doStop();
  }

  @Override
  protected void doSuspend() {
    if (container != null) {
      container.stop();
    }
  }

  @Override
  protected void doResume() {
    if (container != null) {
      container.start();
    }
  }

  private final class Batches implements ChannelAwareBatchMessageListener {
    @Override
    public void onMessageBatch(List<Message> messages, Channel channel) {
      Exchange exchange = createExchange(false);
      try {
        exchange.getMessage().setBody(BatchParts.of(messages, exchange, endpoint));
        getProcessor().process(exchange);
        if (exchange.getException() != null) {
          throw new IllegalStateException("The batch comes back", exchange.getException());
        }
      } catch (IllegalStateException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("The batch comes back", e);
      } finally {
        releaseExchange(exchange, false);
      }
    }
  }
}
