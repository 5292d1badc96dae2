package dev.serai.packs;

import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;

/** Where the messages of a test end, whatever becomes of the routes that lead here. */
public class LoadTarget {
  static volatile Consumer<Exchange> next = exchange -> {};

  /** Takes a message. */
  @Handler
  public void take(Exchange exchange) {
    next.accept(exchange);
  }
}
