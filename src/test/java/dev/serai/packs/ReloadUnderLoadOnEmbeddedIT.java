package dev.serai.packs;

import java.util.Map;

class ReloadUnderLoadOnEmbeddedIT extends ReloadUnderLoadContract {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded", "serai.broker.embedded.durable", "false");
  }
}
