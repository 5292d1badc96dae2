package dev.serai.conduit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import dev.serai.broker.MessageIds;
import dev.serai.topology.NewInstanceQueue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import org.springframework.stereotype.Component;

/**
 * Puts "flush all" first into the queue from which an instance invalidates its cache: what was
 * published while it had none is not known.
 */
@Component
class CacheOpening implements NewInstanceQueue {
  private static final String QUEUE = "conduit.cache";

  @Override
  public void declared(Channel channel, String queue, String name) throws IOException {
    if (queue.equals(QUEUE)) {
      AMQP.BasicProperties properties =
          new AMQP.BasicProperties.Builder()
              .messageId(MessageIds.next())
              .contentType("application/json")
              .timestamp(new Date())
              .build();
      channel.basicPublish(
          "", name, properties, CacheNotices.FLUSH_ALL.getBytes(StandardCharsets.UTF_8));
    }
  }
}
