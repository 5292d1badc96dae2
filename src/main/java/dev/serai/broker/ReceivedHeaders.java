package dev.serai.broker;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.springrabbit.DefaultMessagePropertiesConverter;
import org.springframework.amqp.core.MessageProperties;

/**
 * Makes a delivered message an exchange: its headers without those that could steer our endpoints,
 * and the whole of it as {@link ReceivedMessage}.
 */
final class ReceivedHeaders extends DefaultMessagePropertiesConverter {
  private final org.springframework.amqp.rabbit.support.DefaultMessagePropertiesConverter wire =
      new org.springframework.amqp.rabbit.support.DefaultMessagePropertiesConverter();

  private final QueueNames names;

  ReceivedHeaders(QueueNames names) {
    this.names = names;
  }

  @Override
  public Map<String, Object> fromMessageProperties(
      MessageProperties properties, Exchange exchange) {
    byte[] body = (byte[]) exchange.getMessage().getBody();
    exchange.setProperty(ReceivedMessage.PROPERTY, received(properties, body));
    return super.fromMessageProperties(properties, exchange);
  }

  ReceivedMessage received(MessageProperties properties, byte[] body) {
    return new ReceivedMessage(
        names.inFiles(properties.getConsumerQueue()),
        properties.getReceivedExchange(),
        properties.getReceivedRoutingKey(),
        wire.fromMessageProperties(properties, "UTF-8"),
        body,
        Instant.now());
  }

  @Override
  protected boolean shouldInputHeader(String name, Object value, Exchange exchange) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !lower.startsWith("camel")
        && !lower.startsWith("serai-")
        && super.shouldInputHeader(name, value, exchange);
  }
}
