package dev.serai.topology;

import com.rabbitmq.client.Channel;
import java.io.IOException;

/** Hears of each queue that this process has for itself, once for each connection. */
public interface NewInstanceQueue {

  /**
   * The queue is there, and empty: no message comes into it yet.
   *
   * @param queue as files call it
   * @param name on the broker
   * @throws IOException if the connection broke
   */
  void declared(Channel channel, String queue, String name) throws IOException;
}
