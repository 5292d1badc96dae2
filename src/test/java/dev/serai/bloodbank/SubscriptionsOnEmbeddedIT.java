package dev.serai.bloodbank;

import java.util.Map;

class SubscriptionsOnEmbeddedIT extends SubscriptionsContract {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded");
  }
}
