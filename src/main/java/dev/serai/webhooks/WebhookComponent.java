package dev.serai.webhooks;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.springframework.stereotype.Component;

/**
 * Makes {@code webhook:all} and {@code webhook:<id of an endpoint>} something that routes can send
 * to: the events are safe when the step has ended.
 */
@Component("webhook")
class WebhookComponent extends DefaultComponent {
  private final Intake intake;

  WebhookComponent(Intake intake) {
    this.intake = intake;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String target, Map<String, Object> parameters) {
    if (!target.equals("all") && !WebhookRequest.isId(target)) {
      throw new IllegalArgumentException(
          "bad-webhook-target: \"%s\"; write all, or the id of a webhook".formatted(target));
    }
    return new WebhookTarget(uri, this, target.equals("all") ? "" : target);
  }

  Intake intake() {
    return intake;
  }
}
