package dev.serai.webhooks;

import java.util.Map;

class WebhooksOnEmbeddedIT extends WebhooksContract {
  @Override
  Map<String, String> surroundings() {
    return Map.of("serai.broker.mode", "embedded");
  }
}
