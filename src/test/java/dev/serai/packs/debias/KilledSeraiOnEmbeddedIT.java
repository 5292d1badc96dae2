package dev.serai.packs.debias;

import java.util.Map;

/** Here the broker is killed too. */
class KilledSeraiOnEmbeddedIT extends KilledSeraiContract {

  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded");
  }
}
