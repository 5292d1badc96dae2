package dev.serai.broker;

import com.rabbitmq.client.AMQP;

/**
 * One message on its way to the broker.
 *
 * @param exchange name of the exchange; empty means the default exchange, whose key is a queue's
 *     name
 * @param routingKey at most 255 bytes of UTF-8
 * @param properties sent as they are; the caller has set message id, content type and delivery mode
 * @param body sent as it is
 */
public record OutgoingMessage(
    String exchange, String routingKey, AMQP.BasicProperties properties, byte[] body) {}
