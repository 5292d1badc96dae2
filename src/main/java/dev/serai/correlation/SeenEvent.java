package dev.serai.correlation;

import dev.serai.broker.ReceivedMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event that somebody has published, perhaps past Serai, straight to the broker.
 *
 * @param correlationId the group that it says it belongs to
 * @param parents ids of the events that caused it, the direct cause first
 * @param message that it came with
 */
public record SeenEvent(
    String id,
    @Nullable String correlationId,
    List<String> parents,
    @Nullable String type,
    @Nullable String source,
    ReceivedMessage message) {}
