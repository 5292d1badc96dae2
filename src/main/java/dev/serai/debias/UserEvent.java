package dev.serai.debias;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something a user did with a product.
 *
 * @param eventId the same in every delivery of the event; at most 200 characters
 * @param eventType what the user did, such as {@code view}
 * @param userSession the application's session; null when it sent none
 * @param time when it happened, to the millisecond
 */
public record UserEvent(
    String eventId,
    long userId,
    long productId,
    String eventType,
    @Nullable String userSession,
    Instant time) {}
