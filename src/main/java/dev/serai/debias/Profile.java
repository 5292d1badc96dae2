package dev.serai.debias;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * What a user's events add up to.
 *
 * @param counts events by their type
 * @param lastProducts the products of the latest events, each once, newest first
 * @param lastSeen time of the latest event
 * @param vector direction of the user's interest, of length 1; all 0 when no event has a weight
 */
public record Profile(
    long userId,
    SortedMap<String, Long> counts,
    List<Long> lastProducts,
    Instant lastSeen,
    List<Float> vector) {}
