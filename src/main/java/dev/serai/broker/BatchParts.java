package dev.serai.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultMessage;
import org.springframework.amqp.core.Message;

/** Makes the body of a batch: a Camel message for each that was delivered. */
final class BatchParts {
  private BatchParts() {}

  /** Each with its own headers, and as it came under {@link ReceivedMessage#HEADER}. */
  static List<org.apache.camel.Message> of(
      List<Message> messages, Exchange exchange, ConfirmedEndpoint endpoint) {
    ReceivedHeaders headers = new ReceivedHeaders(endpoint.names());
    headers.setHeaderFilterStrategy(endpoint.getComponent().getHeaderFilterStrategy());
    List<org.apache.camel.Message> parts = new ArrayList<>(messages.size());
    for (Message message : messages) {
      org.apache.camel.Message part = new DefaultMessage(exchange.getContext());
      exchange.getMessage().setBody(message.getBody());
      Map<String, Object> values =
          headers.fromMessageProperties(message.getMessageProperties(), exchange);
      values.put(ReceivedMessage.HEADER, exchange.removeProperty(ReceivedMessage.PROPERTY));
      part.setHeaders(values);
      part.setBody(message.getBody());
      parts.add(part);
    }
    return parts;
  }
}
