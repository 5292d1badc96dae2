package dev.serai.broker;

import com.rabbitmq.client.ConnectionFactory;
import dev.serai.support.TestBrokers;

class PublisherOnRabbitIT extends PublisherContract {

  @Override
  ConnectionFactory client(int port) {
    ConnectionFactory client = TestBrokers.rabbitmq().client();
    if (port != 0) {
      client.setPort(port);
    }
    return client;
  }
}
