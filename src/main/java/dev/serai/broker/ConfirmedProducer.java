package dev.serai.broker;

import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.springrabbit.SpringRabbitMQConstants;
import org.apache.camel.component.springrabbit.SpringRabbitMQHelper;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * Publishes what a route sends, and lets the route go on when the broker has confirmed it; no
 * thread waits. A refusal is a {@link PublishException} on the exchange.
 */
final class ConfirmedProducer extends DefaultAsyncProducer {
  private final ConfirmedEndpoint endpoint;
  private final Publisher publisher;
  private final Executor afterwards;

  /**
   * Serves one endpoint.
   *
   * @param afterwards runs the rest of a route; must not be the connection's own thread
   */
  ConfirmedProducer(ConfirmedEndpoint endpoint, Publisher publisher, Executor afterwards) {
    super(endpoint);
    this.endpoint = endpoint;
    this.publisher = publisher;
    this.afterwards = afterwards;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    OutgoingMessage message;
    try {
      message = message(exchange);
    } catch (RuntimeException | org.apache.camel.InvalidPayloadException e) {
      exchange.setException(e);
      callback.done(true);
      return true;
    }
    publisher
        .publish(message)
        .whenCompleteAsync(
            (confirmed, failure) -> {
              if (failure != null) {
                exchange.setException(
                    failure instanceof CompletionException ? failure.getCause() : failure);
              }
              callback.done(false);
            },
            afterwards);
    return false;
  }

  private OutgoingMessage message(Exchange exchange)
      throws org.apache.camel.InvalidPayloadException {
    Message message = exchange.getMessage();
    String exchangeName =
        takeText(
            message, SpringRabbitMQConstants.EXCHANGE_OVERRIDE_NAME, endpoint.getExchangeName());
    String to = SpringRabbitMQHelper.isDefaultExchange(exchangeName) ? "" : exchangeName;
    String key =
        takeText(message, SpringRabbitMQConstants.ROUTING_OVERRIDE_KEY, endpoint.getRoutingKey());
    ReceivedMessage received = endpoint.isRepublish() ? ReceivedMessage.of(exchange) : null;
    if (received != null) {
      return new OutgoingMessage(
          to, key, OutgoingProperties.again(received, message), received.body());
    }
    if (endpoint.isRepublish()) {
      throw new IllegalStateException(
          "republish=true, but the exchange did not come from the broker");
    }
    byte[] body = message.getMandatoryBody(byte[].class);
    return new OutgoingMessage(to, key, OutgoingProperties.of(message), body);
  }

  private static String takeText(Message message, String header, String otherwise) {
    Object value = message.removeHeader(header);
    return value != null ? value.toString() : otherwise == null ? "" : otherwise;
  }
}
