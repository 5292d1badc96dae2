package dev.serai.webhooks;

import java.util.Map;

class WebhookIsolationOnEmbeddedIT extends WebhookIsolationContract {
  @Override
  Map<String, String> surroundings() {
    return Map.of("serai.broker.mode", "embedded");
  }
}
