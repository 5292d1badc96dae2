package dev.serai.webhooks;

import java.util.Map;

class WebhookStatesOnEmbeddedIT extends WebhookStatesContract {
  @Override
  Map<String, String> surroundings() {
    return Map.of("serai.broker.mode", "embedded");
  }
}
