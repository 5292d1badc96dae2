package dev.serai.bloodbank;

import java.util.Map;

class BloodbankOnEmbeddedIT extends BloodbankContract {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded", "serai.broker.embedded.durable", "false");
  }
}
