package dev.serai.delivery;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message in a parking queue, as people see it.
 *
 * @param id message id; one made from the body when it has none
 * @param payload JSON, else text, else base64
 * @param encoding {@code json}, {@code text} or {@code base64}
 * @param reason what the last attempt failed with, or why the broker dead-lettered it: {@code
 *     expired}, {@code maxlen}, {@code delivery_limit}, {@code rejected}
 * @param errorType class of the failure; null when the broker dead-lettered it
 * @param route of the last attempt; null when there was none
 * @param origin queue where a replay sends it; null when it is unknown
 * @param attempts that have failed
 * @param replays how often it was sent back before
 * @param age time since it was parked, in seconds; null when unknown
 * @param parkedAt when it was parked; null when unknown
 * @param note what a replay needs, when it needs something
 */
record ParkedMessage(
    String id,
    @Nullable Object payload,
    String encoding,
    String reason,
    @Nullable String errorType,
    @Nullable String route,
    @Nullable String origin,
    int attempts,
    int replays,
    @Nullable Long age,
    @Nullable String parkedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String note) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** A body as people read it. */
  private record Payload(@Nullable Object value, String encoding) {}

  /**
   * Reads a message.
   *
   * @param onlyOrigin the one queue whose dead letters come here, if there is only one
   */
  static ParkedMessage of(GetResponse message, Optional<String> onlyOrigin, Instant now) {
    Map<String, Object> headers = DeliveryHeaders.of(message.getProps());
    Optional<Death> death = Death.last(headers);
    Optional<Instant> ours = DeliveryHeaders.time(headers, DeliveryHeaders.PARKED_AT);
    Optional<Instant> parkedAt = death.isPresent() ? death.flatMap(Death::time) : ours;
    @Nullable String origin =
        death
            .map(Death::queue)
            .or(() -> DeliveryHeaders.text(headers, DeliveryHeaders.ORIGIN))
            .or(() -> onlyOrigin)
            .orElse(null);
    boolean byRoute = death.isEmpty() && ours.isPresent();
    Payload payload = payload(message.getBody());
    return new ParkedMessage(
        id(message),
        payload.value(),
        payload.encoding(),
        reason(headers, death, byRoute),
        byRoute ? DeliveryHeaders.text(headers, DeliveryHeaders.ERROR_TYPE).orElse(null) : null,
        DeliveryHeaders.text(headers, DeliveryHeaders.ROUTE).orElse(null),
        origin,
        DeliveryHeaders.count(headers, DeliveryHeaders.ATTEMPT),
        DeliveryHeaders.count(headers, DeliveryHeaders.REPLAYS),
        parkedAt.map(time -> Math.max(0, Duration.between(time, now).toSeconds())).orElse(null),
        parkedAt.map(Instant::toString).orElse(null),
        origin == null ? "The origin is not known: name the queue in \"to\" to replay it" : null);
  }

  private static String reason(Map<String, Object> headers, Optional<Death> death, boolean ours) {
    if (death.isPresent()) {
      return death.get().reason();
    }
    return ours
        ? DeliveryHeaders.text(headers, DeliveryHeaders.ERROR).orElse("unknown")
        : "dead-lettered by the broker, which did not say why (expired or rejected)";
  }

  /** The payload for filters; null when it is not JSON. */
  @JsonIgnore
  @Nullable Object json() {
    return encoding.equals("json") ? payload : null;
  }

  private static String id(GetResponse message) {
    String own = message.getProps().getMessageId();
    return own != null && !own.isEmpty()
        ? own
        : "body-" + UUID.nameUUIDFromBytes(message.getBody());
  }

  private static Payload payload(byte[] body) {
    try {
      return new Payload(JSON.readValue(body, Object.class), "json");
    } catch (IOException notJson) {
      try {
        return new Payload(
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString(), "text");
      } catch (CharacterCodingException notText) {
        return new Payload(Base64.getEncoder().encodeToString(body), "base64");
      }
    }
  }
}
