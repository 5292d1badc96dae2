package dev.serai.broker;

import java.util.Arrays;
import org.apache.camel.component.springrabbit.DefaultListenerContainerFactory;
import org.apache.camel.component.springrabbit.SpringRabbitMQEndpoint;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.DirectMessageListenerContainer;

/**
 * Camel's listener containers, made to outlive a broker that is away or a queue that is not there
 * yet.
 */
final class Containers extends DefaultListenerContainerFactory {
  private static final long AGAIN_MILLIS = 1000;

  private final QueueNames names;
  private final MovingQueues moving;

  Containers(QueueNames names, MovingQueues moving) {
    this.names = names;
    this.moving = moving;
  }

  @Override
  public AbstractMessageListenerContainer createListenerContainer(SpringRabbitMQEndpoint endpoint) {
    AbstractMessageListenerContainer container = super.createListenerContainer(endpoint);
    outlive(container);
    container.setQueueNames(queues(endpoint.getQueues(), names));
    if (endpoint instanceof ConfirmedEndpoint ours) {
      container.setGlobalQos(ours.options().prefetchGlobal());
    }
    if (container instanceof DirectMessageListenerContainer direct) {
      direct.setMonitorInterval(AGAIN_MILLIS);
      if (endpoint instanceof ConfirmedEndpoint ours && !ours.options().moreQueues().isEmpty()) {
        moving.follow(ours.options().moreQueues(), direct);
      }
    }
    return container;
  }

  /** The queues of an endpoint, as the broker calls them. */
  static String[] queues(String queues, QueueNames names) {
    return Arrays.stream(queues.split(","))
        .map(queue -> names.onBroker(queue.strip()))
        .toArray(String[]::new);
  }

  /**
   * Keeps a container trying, and slows it down when a message comes back.
   *
   * <p>The advice takes the place of Camel's, which acknowledges a failed message after its last
   * local attempt ("dropped on recovery").
   */
  static void outlive(AbstractMessageListenerContainer container) {
    container.setAdviceChain(new PauseBeforeRequeue());
    container.setMissingQueuesFatal(false);
    container.setMismatchedQueuesFatal(false);
    container.setPossibleAuthenticationFailureFatal(false);
    container.setRecoveryInterval(AGAIN_MILLIS);
    container.setFailedDeclarationRetryInterval(AGAIN_MILLIS);
  }
}
