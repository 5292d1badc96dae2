package dev.serai.correlation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event as its chain knows it.
 *
 * @param id at most 255 characters, as are all other texts
 * @param correlationId the group that it says it belongs to
 * @param parents ids of the events that caused it, the direct cause first
 * @param time at which it was seen first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LinkedEvent(
    String id,
    @Nullable String correlationId,
    List<String> parents,
    @Nullable String type,
    @Nullable String source,
    Instant time) {}
