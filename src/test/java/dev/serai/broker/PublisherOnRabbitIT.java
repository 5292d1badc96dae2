package dev.serai.broker;

import com.rabbitmq.client.ConnectionFactory;
import dev.serai.support.TestBrokers;
import java.net.URI;

class PublisherOnRabbitIT extends PublisherContract {

  @Override
  ConnectionFactory client(int port) {
    ConnectionFactory client = new ConnectionFactory();
    URI uri = URI.create(TestBrokers.rabbitmq().uri());
    String[] login = uri.getUserInfo().split(":");
    client.setHost(uri.getHost());
    client.setPort(port == 0 ? uri.getPort() : port);
    client.setUsername(login[0]);
    client.setPassword(login[1]);
    client.setAutomaticRecoveryEnabled(false);
    return client;
  }
}
