package dev.serai.delivery;

import com.rabbitmq.client.AMQP;
import dev.serai.broker.OutgoingMessage;
import dev.serai.broker.ReceivedMessage;
import dev.serai.topology.Topologies;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Makes messages for parking queues of what no route has ever seen. Safe for concurrent use. */
@Component
public class Untried {
  private static final int ERROR_LENGTH = 1000;
  private static final int PERSISTENT = 2;

  private final Plans plans;

  Untried(Topologies topologies) {
    this.plans = new Plans(topologies);
  }

  /**
   * The message as it is to be parked.
   *
   * @param why a sentence for whoever looks at it there
   * @param bare without the headers it came with, which may be what is wrong with it
   * @return empty when its queue has no place for it
   */
  public Optional<OutgoingMessage> parked(
      ReceivedMessage message, RuntimeException why, boolean bare) {
    Plan plan = plans.park(message, 1);
    if (plan.next() != Plan.Next.PARK) {
      return Optional.empty();
    }
    AMQP.BasicProperties came = message.properties();
    Map<String, Object> headers = new HashMap<>(bare ? Map.of() : DeliveryHeaders.of(came));
    String text = String.valueOf(why.getMessage());
    String now = Instant.now().toString();
    headers.put(DeliveryHeaders.ORIGIN, message.queue());
    headers.put(DeliveryHeaders.ATTEMPT, plan.attempt());
    headers.put(DeliveryHeaders.FIRST_FAILED_AT, now);
    headers.put(DeliveryHeaders.PARKED_AT, now);
    headers.put(DeliveryHeaders.ERROR, text.substring(0, Math.min(text.length(), ERROR_LENGTH)));
    headers.put(DeliveryHeaders.ERROR_TYPE, why.getClass().getName());
    headers.put(ReceivedMessage.ROUTING_KEY, message.publishedKey());
    return Optional.of(
        new OutgoingMessage(
            plan.exchange(),
            plan.routingKey(),
            came.builder()
                .headers(headers)
                .deliveryMode(PERSISTENT)
                .expiration(null)
                .userId(null)
                .build(),
            message.body()));
  }
}
