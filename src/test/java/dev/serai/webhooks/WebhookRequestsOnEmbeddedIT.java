package dev.serai.webhooks;

import java.util.Map;

class WebhookRequestsOnEmbeddedIT extends WebhookRequestsContract {
  @Override
  Map<String, String> surroundings() {
    return Map.of("serai.broker.mode", "embedded");
  }
}
