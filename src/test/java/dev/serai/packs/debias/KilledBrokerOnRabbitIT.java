package dev.serai.packs.debias;

import dev.serai.support.RabbitPerTest;
import dev.serai.support.SeraiApp;
import dev.serai.support.Sidecar;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;

class KilledBrokerOnRabbitIT extends KilledBrokerContract {
  @RegisterExtension final RabbitPerTest rabbit = new RabbitPerTest();

  @Override
  Sidecar start(Path data) {
    Map<String, String> settings = new LinkedHashMap<>(SETTINGS);
    settings.put("serai.broker.uri", rabbit.node().uri());
    return SeraiApp.start(data, settings);
  }

  @Override
  void kill() {
    rabbit.node().kill();
  }

  @Override
  void restart() {
    rabbit.node().restart();
  }

  @Override
  Set<String> refusals() {
    return Set.of(EventLoad.LATER);
  }
}
