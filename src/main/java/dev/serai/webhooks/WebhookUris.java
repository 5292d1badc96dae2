package dev.serai.webhooks;

import dev.serai.endpoints.NamedEndpointUris;
import java.util.Set;

/** Makes {@code webhook:all} of the parameters of a route's step. */
public final class WebhookUris extends NamedEndpointUris {
  public WebhookUris() {
    super(Set.of("webhook"), "target", Set.of());
  }
}
