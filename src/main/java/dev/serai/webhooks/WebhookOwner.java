package dev.serai.webhooks;

import java.util.Optional;

/** Something that has webhooks of its own, which go when it is removed and not before. */
public interface WebhookOwner {

  /**
   * What to do instead of removing a webhook.
   *
   * @return such as {@code DELETE /orders/4711}; empty when it is not the owner
   */
  Optional<String> removalOf(String webhook);
}
