package dev.serai.broker;

import com.rabbitmq.client.ConnectionFactory;
import dev.serai.support.TestBrokers;

class DropHeadOnRabbitIT extends DropHeadContract {
  @Override
  ConnectionFactory client() {
    try {
      ConnectionFactory client = new ConnectionFactory();
      client.setUri(TestBrokers.rabbitmq().uri());
      client.setAutomaticRecoveryEnabled(false);
      return client;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
