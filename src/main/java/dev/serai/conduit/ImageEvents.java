package dev.serai.conduit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.broker.MessageIds;
import dev.serai.delivery.PoisonMessageException;
import dev.serai.delivery.RetryAfterException;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The events that are read and told of images; bean {@code conduitImageEvents}. Thread-safe. */
@Component("conduitImageEvents")
public class ImageEvents {
  /**
   * Reads the request that a message is.
   *
   * @throws dev.serai.delivery.PoisonMessageException if it cannot be one
   */
  public ImageRequest request(Exchange exchange) {
    return ImageRequest.of(EventBody.of(exchange));
  }

  /** That an image is in work; as JSON. */
  public String progress(ImageRequest request) {
    return about(request).put("status", "processing").put("progress", 0).toString();
  }

  /**
   * The images; as JSON.
   *
   * @param made what {@link ImageMaker} has made of it
   */
  public String completed(ImageRequest request, JsonNode made) {
    ObjectNode completed = about(request).put("status", "completed");
    if (made.has("simulated")) {
      completed.set("simulated", made.path("simulated"));
    }
    completed.set("images", made.path("data"));
    return completed.toString();
  }

  /**
   * That a request has failed for good; as JSON.
   *
   * @param request null: it could not be read
   */
  public String failed(Exchange exchange, @Nullable ImageRequest request) {
    Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    ObjectNode failed = request == null ? aboutUnreadable(exchange) : about(request);
    return failed
        .put("status", "failed")
        .put("error", failure == null ? "unknown" : said(failure))
        .toString();
  }

  /** What the request or the endpoint has done amiss in its words, of all else only the kind. */
  private static String said(Throwable failure) {
    boolean forOthers =
        failure instanceof PoisonMessageException
            || failure instanceof RetryAfterException
            || failure instanceof IOException;
    String message = failure.getMessage();
    return forOthers && message != null && !message.isBlank()
        ? message
        : failure.getClass().getSimpleName();
  }

  /** Whoever waits for it knows its id, if it has one. */
  private static ObjectNode aboutUnreadable(Exchange exchange) {
    ObjectNode event = event();
    try {
      EventBody body = EventBody.of(exchange);
      event.put("requestId", body.id("requestId").orElseGet(body::eventId));
    } catch (RuntimeException e) {
      event.putNull("requestId");
    }
    return event;
  }

  private static ObjectNode about(ImageRequest request) {
    ObjectNode event = event().put("requestId", request.id());
    return request.virtualKey().isEmpty() ? event : event.put("virtualKeyId", request.virtualKey());
  }

  private static ObjectNode event() {
    return EventBody.JSON
        .createObjectNode()
        .put("eventId", MessageIds.next())
        .put("timestamp", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
  }
}
