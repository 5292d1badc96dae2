package dev.serai.console;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsOnEmbeddedIT extends MetricsContract {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded", "serai.broker.embedded.durable", "false");
  }

  @Test
  void tells_what_the_whole_broker_has() {
    atLeastOne("serai_broker_connections");
    atLeastOne("serai_broker_channels");
  }
}
