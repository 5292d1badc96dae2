package dev.serai.packs.debias;

import dev.serai.support.RabbitNode;
import dev.serai.support.SeraiApp;
import dev.serai.support.Sidecar;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

@SuppressWarnings("NullAway.Init") // started before each test
class KilledBrokerOnRabbitIT extends KilledBrokerContract {
  private RabbitNode node;

  @BeforeEach
  void start_a_broker() {
    node = RabbitNode.start();
  }

  @AfterEach
  void stop_the_broker() {
    node.close();
  }

  @Override
  Sidecar start(Path data) {
    Map<String, String> settings = new LinkedHashMap<>(SETTINGS);
    settings.put("serai.broker.uri", node.uri());
    return SeraiApp.start(data, settings);
  }

  @Override
  void kill() {
    node.kill();
  }

  @Override
  void restart() {
    node.restart();
  }

  @Override
  Set<String> refusals() {
    return Set.of(EventLoad.LATER);
  }
}
