package dev.serai.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.egress.Egress;
import dev.serai.files.TimeText;
import dev.serai.http.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What callers do with endpoints. Bean {@code webhooks}; thread-safe. */
@Component("webhooks")
public class Webhooks {
  private final Endpoints endpoints;
  private final Egress egress;
  private final List<WebhookOwner> owners;

  Webhooks(Endpoints endpoints, Egress egress, List<WebhookOwner> owners) {
    this.endpoints = endpoints;
    this.egress = egress;
    this.owners = owners;
  }

  /**
   * Adds an endpoint.
   *
   * @param body as {@code webhook.schema.json} allows it
   * @return with its secret
   * @throws ProblemException 400 with each wrong field
   */
  public WebhookView add(JsonNode body) throws ProblemException {
    return addOwned(body, id -> {});
  }

  /**
   * Adds an endpoint for an owner.
   *
   * @param body as {@code webhook.schema.json} allows it
   * @param owning stores to whom the id belongs, in the same transaction
   * @return with its secret
   * @throws ProblemException 400 with each wrong field
   */
  public WebhookView addOwned(JsonNode body, Consumer<String> owning) throws ProblemException {
    Fields fields = new Fields(body);
    Secret secret = fields.secret();
    Settings settings =
        new Settings(
            fields.url(egress),
            fields.types(List.of("#")),
            fields.get("description", JsonNode::asText, ""),
            fields.headers("headers", Map.of()),
            fields.headers("auth", Map.of()),
            fields.rateLimit(null),
            fields.schedule(null),
            fields.get("enabled", JsonNode::booleanValue, true));
    checkHeaders(settings, fields);
    fields.check();
    return find(endpoints.add(settings, secret.text(), owning)).with(secret);
  }

  /**
   * Changes the fields that are there.
   *
   * @param body as {@code webhook-change.schema.json} allows it
   * @throws ProblemException 400 with each wrong field, 404 if there is no such endpoint
   */
  public WebhookView change(String id, JsonNode body) throws ProblemException {
    Settings present = endpoint(id).settings();
    Fields fields = new Fields(body);
    Settings settings =
        new Settings(
            fields.url(present.url(), egress),
            fields.types(present.types()),
            fields.get("description", JsonNode::asText, present.description()),
            fields.headers("headers", present.headers()),
            fields.headers("auth", present.auth()),
            fields.rateLimit(present.rateLimit()),
            fields.schedule(present.schedule()),
            fields.get("enabled", JsonNode::booleanValue, present.enabled()));
    checkHeaders(settings, fields);
    fields.check();
    endpoints.set(id, settings, body.path("enabled").asBoolean());
    return find(id);
  }

  private static void checkHeaders(Settings settings, Fields fields) {
    settings.auth().keySet().stream()
        .filter(settings.headers()::containsKey)
        .forEach(name -> fields.wrong("auth/" + name, "is also one of headers"));
  }

  /**
   * One endpoint.
   *
   * @throws ProblemException 404 if there is none
   */
  public WebhookView find(String id) throws ProblemException {
    return WebhookView.of(endpoint(id));
  }

  /** Endpoints in the order in which they were added, behind the one with this id. */
  public WebhookView.Page list(@Nullable String after, int limit) {
    List<WebhookView> found =
        endpoints.list(after, limit + 1).stream().map(WebhookView::of).toList();
    return found.size() <= limit
        ? new WebhookView.Page(found, null)
        : new WebhookView.Page(found.subList(0, limit), found.get(limit - 1).id());
  }

  /**
   * Gives an endpoint another secret.
   *
   * @param body as {@code webhook-rotation.schema.json} allows it
   * @param overlap for which both sign when the body does not say, such as {@code 24h}
   * @return with the new secret
   * @throws ProblemException 400 with each wrong field, 404 if there is no such endpoint
   */
  public WebhookView rotate(String id, JsonNode body, String overlap) throws ProblemException {
    Fields fields = new Fields(body);
    Secret secret = fields.secret();
    Duration time = fields.overlap(TimeText.read(overlap).orElseThrow());
    fields.check();
    if (!endpoints.rotate(id, secret.text(), time)) {
      throw unknown(id);
    }
    return find(id).with(secret);
  }

  /**
   * Removes an endpoint with what waits for it.
   *
   * @throws ProblemException 404 if there is none, 409 if it belongs to something
   */
  public void remove(String id) throws ProblemException {
    for (WebhookOwner owner : owners) {
      Optional<String> instead = owner.removalOf(id);
      if (instead.isPresent()) {
        throw new ProblemException(
            409,
            "webhook-in-use",
            "The webhook \"%s\" goes with what it belongs to: %s.".formatted(id, instead.get()),
            List.of());
      }
    }
    if (!endpoints.remove(id)) {
      throw unknown(id);
    }
  }

  /** Removes the endpoint of an owner that is gone; nothing when somebody was faster. */
  public void removeOwned(String id) {
    endpoints.remove(id);
  }

  private Endpoint endpoint(String id) throws ProblemException {
    return endpoints.find(id).orElseThrow(() -> unknown(id));
  }

  static ProblemException unknown(String id) {
    return new ProblemException(
        404, "unknown-webhook", "There is no webhook \"%s\".".formatted(id), List.of());
  }
}
