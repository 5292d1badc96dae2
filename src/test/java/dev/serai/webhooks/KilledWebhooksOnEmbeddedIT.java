package dev.serai.webhooks;

import java.util.Map;

class KilledWebhooksOnEmbeddedIT extends KilledWebhooksContract {
  @Override
  Map<String, String> surroundings() {
    return Map.of("serai.broker.mode", "embedded");
  }
}
