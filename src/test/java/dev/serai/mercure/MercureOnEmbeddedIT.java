package dev.serai.mercure;

import java.util.Map;

class MercureOnEmbeddedIT extends MercureContract {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded");
  }
}
