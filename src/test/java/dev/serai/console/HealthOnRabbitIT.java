package dev.serai.console;

import dev.serai.support.TestBrokers;
import java.net.URI;
import java.util.Map;

class HealthOnRabbitIT extends HealthContract {
  @Override
  Map<String, String> broker() {
    return Map.of(
        "serai.broker.mode", "rabbitmq", "serai.broker.uri", TestBrokers.rabbitmq().uri());
  }

  @Override
  String established() {
    URI broker = URI.create(TestBrokers.rabbitmq().uri());
    return "RabbitMQ connection established to " + broker.getHost() + ":" + broker.getPort();
  }
}
