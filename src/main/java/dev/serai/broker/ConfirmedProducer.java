package dev.serai.broker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.component.springrabbit.SpringRabbitMQConstants;
import org.apache.camel.component.springrabbit.SpringRabbitMQHelper;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * Publishes what a route sends, and lets the route go on when the broker has confirmed it. A
 * refusal is a {@link PublishException} on the exchange.
 *
 * <p>No thread waits, unless the exchange came from a consumer of the broker: that holds its thread
 * until the route has ended anyway, so the route goes on there, whatever it does next. Any other
 * route goes on on one of a few threads that all share; before it does what may block, it has to
 * take a thread of its own ({@code threads:}).
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
    } catch (RuntimeException | InvalidPayloadException e) {
      exchange.setException(e);
      callback.done(true);
      return true;
    }
    CompletableFuture<Void> result = publisher.publish(message);
    if (exchange.getFromEndpoint() instanceof HoldsThread) {
      await(result, exchange);
      callback.done(true);
      return true;
    }
    result.whenCompleteAsync(
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

  private static void await(CompletableFuture<Void> result, Exchange exchange) {
    try {
      result.get();
    } catch (ExecutionException e) {
      exchange.setException(e.getCause());
    } catch (InterruptedException e) {
      exchange.setException(e);
      Thread.currentThread().interrupt();
    }
  }

  private OutgoingMessage message(Exchange exchange) throws InvalidPayloadException {
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
