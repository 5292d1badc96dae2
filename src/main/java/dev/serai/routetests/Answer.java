package dev.serai.routetests;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a stub answers to one call.
 *
 * @param at where it is written
 * @param value the body, or what the method returns; empty leaves the body as it is
 * @param headers that an endpoint adds
 * @param failure what it fails with instead
 * @param delay until it answers
 */
record Answer(
    Part at,
    Optional<Part> value,
    Map<String, @Nullable Object> headers,
    Optional<Part> failure,
    Duration delay) {
  private static final Duration LONGEST = Duration.ofSeconds(2);

  static Answer read(Part part, String valueKey) {
    part.allow(
        valueKey.equals("body")
            ? List.of("body", "headers", "fail", "delay")
            : List.of(valueKey, "fail", "delay"));
    Map<String, @Nullable Object> headers = new LinkedHashMap<>();
    part.mapping("headers")
        .ifPresent(all -> all.entries().forEach((name, value) -> headers.put(name, value.plain())));
    return new Answer(
        part,
        part.part(valueKey),
        headers,
        part.part("fail"),
        part.time("delay", LONGEST).orElse(Duration.ZERO));
  }
}
