package dev.serai.webhooks;

import java.util.Map;

class WebhookAttemptsOnEmbeddedIT extends WebhookAttemptsContract {
  @Override
  Map<String, String> surroundings() {
    return Map.of("serai.broker.mode", "embedded");
  }
}
