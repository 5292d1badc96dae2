package dev.serai.routetests;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a test sends, and where.
 *
 * @param at where it is written
 * @param request method and path of an HTTP request
 * @param queue that delivers it
 * @param route the id of the route that gets it
 * @param messages one, or those of a batch
 * @param variables of the exchange
 * @param caught the failure that the route is called for
 * @param kept whether the consumer keeps the message between attempts, as {@code ordered:} does
 */
record Send(
    Part at,
    Optional<String> request,
    Optional<String> queue,
    Optional<String> route,
    List<Sent> messages,
    Map<String, @Nullable Object> variables,
    Optional<Part> caught,
    boolean kept) {
  private static final List<String> OF_MESSAGE =
      List.of(
          "body",
          "headers",
          "id",
          "priority",
          "content-type",
          "exchange",
          "routing-key",
          "failed-attempts");
  private static final List<String> OF_SEND =
      List.of("request", "queue", "route", "messages", "variables", "caught", "kept");
  private static final int MOST_ATTEMPTS = 1000;
  private static final int HIGHEST_PRIORITY = 255;

  /**
   * One message.
   *
   * @param body empty for none
   * @param headers of the application, or of the request
   * @param id of the message
   * @param priority of the message
   * @param contentType of the message
   * @param exchange that it was published to
   * @param routingKey that it was published with
   * @param failedAttempts as often has it failed already
   */
  record Sent(
      Optional<Part> body,
      Map<String, @Nullable Object> headers,
      Optional<String> id,
      Optional<Integer> priority,
      Optional<String> contentType,
      Optional<String> exchange,
      Optional<String> routingKey,
      int failedAttempts) {

    static Sent read(Part part) {
      return new Sent(
          part.part("body").filter(body -> !body.isNothing()),
          values(part, "headers"),
          part.text("id"),
          part.number("priority", 0, HIGHEST_PRIORITY),
          part.text("content-type"),
          part.text("exchange"),
          part.text("routing-key"),
          part.number("failed-attempts", 0, MOST_ATTEMPTS).orElse(0));
    }
  }

  static Send read(Part part) {
    part.allow(Stream.concat(OF_SEND.stream(), OF_MESSAGE.stream()).toList());
    List<Sent> messages = new ArrayList<>();
    part.part("messages")
        .ifPresentOrElse(
            list ->
                list.items()
                    .forEach(
                        item -> {
                          item.allow(OF_MESSAGE);
                          messages.add(Sent.read(item));
                        }),
            () -> messages.add(Sent.read(part)));
    if (part.part("request").isPresent()
        && (part.part("queue").isPresent() || part.part("route").isPresent())) {
      part.refuse(
          "conflicting-keys", "a request has its own way in", "write request, or queue and route");
    }
    return new Send(
        part,
        part.text("request"),
        part.text("queue"),
        part.text("route"),
        messages,
        values(part, "variables"),
        part.part("caught"),
        part.text("kept").filter("true"::equals).isPresent());
  }

  private static Map<String, @Nullable Object> values(Part part, String key) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    part.mapping(key)
        .ifPresent(all -> all.entries().forEach((name, value) -> values.put(name, value.plain())));
    return values;
  }
}
