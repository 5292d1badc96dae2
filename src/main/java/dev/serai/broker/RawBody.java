package dev.serai.broker;

import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.support.converter.MessageConverter;

/** Leaves bodies as they are: bytes. */
final class RawBody implements MessageConverter {

  @Override
  public Message toMessage(Object body, MessageProperties properties) {
    return new Message((byte[]) body, properties);
  }

  @Override
  public Object fromMessage(Message message) {
    return message.getBody();
  }
}
