package dev.serai.broker;

import com.rabbitmq.client.Connection;
import java.io.IOException;

/** What must be on the broker before messages are published. */
public interface Declarations {

  /**
   * Declares all of it. Called on each new connection before its first message, and again when an
   * exchange turns out to be missing. What the broker refuses is reported and left out.
   *
   * @throws IOException if the connection broke in between
   */
  void declareOn(Connection connection) throws IOException;

  /**
   * Whether an exchange is part of it.
   *
   * @param exchange literal name
   */
  boolean declares(String exchange);
}
