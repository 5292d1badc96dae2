package dev.serai.broker;

import com.rabbitmq.client.ConnectionFactory;
import dev.serai.support.TestBrokers;

class DropHeadOnRabbitIT extends DropHeadContract {
  @Override
  ConnectionFactory client() {
    return TestBrokers.rabbitmq().client();
  }
}
