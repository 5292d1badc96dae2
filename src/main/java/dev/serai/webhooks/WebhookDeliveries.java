package dev.serai.webhooks;

import dev.serai.files.TimeText;
import java.util.List;
import org.springframework.stereotype.Component;

/** What timer routes ask for. Bean {@code webhookDeliveries}; thread-safe. */
@Component("webhookDeliveries")
public class WebhookDeliveries {
  private final Deliverer deliverer;
  private final Deliveries deliveries;
  private final Conditions conditions;
  private final WebhookMeters meters;

  WebhookDeliveries(
      Deliverer deliverer, Deliveries deliveries, Conditions conditions, WebhookMeters meters) {
    this.meters = meters;
    this.deliverer = deliverer;
    this.deliveries = deliveries;
    this.conditions = conditions;
  }

  /** Begins with what is due now. */
  public void look() {
    deliverer.refresh();
    deliveries.dueEndpoints().forEach(deliverer::more);
    meters.look();
  }

  /**
   * Makes one delivery to each endpoint that is disabled for its failures. One that takes it is
   * enabled, and gets what waits.
   *
   * @param pause since the latest try, such as {@code 5m}
   * @return their ids
   */
  public List<String> probe(String pause) {
    List<String> ids = conditions.toProbe(TimeText.read(pause).orElseThrow());
    deliverer.refresh();
    ids.forEach(deliverer::probe);
    return ids;
  }
}
