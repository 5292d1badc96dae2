package dev.serai.webhooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who got which event, for those who know events by their id. Thread-safe. */
@Component
public class DeliveredEvents {
  private final JdbcClient jdbc;

  /** Reads that database. */
  public DeliveredEvents(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * One webhook that an event is for.
   *
   * @param state {@code pending}, {@code delivered}, {@code failed} or {@code aborted}
   * @param attempts oldest first
   */
  public record Delivery(String webhook, String state, List<Attempt> attempts) {}

  /**
   * One call.
   *
   * @param status of the answer; null: there was none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Attempt(
      String id,
      String time,
      @JsonProperty("took_ms") int tookMillis,
      @Nullable Integer status,
      @Nullable String error) {}

  /** The deliveries of these events, as far as they are kept, by the id of the event. */
  public Map<String, List<Delivery>> of(Collection<String> events) {
    Map<String, String> ids =
        events.stream()
            .collect(Collectors.toMap(IncomingEvents::webhookId, id -> id, (one, other) -> one));
    Object messages = ids.keySet().toArray(String[]::new);
    Map<String, List<Attempt>> attempts = attempts(messages);
    Map<String, List<Delivery>> found = new HashMap<>();
    jdbc.sql(
            "SELECT message_id, endpoint_id, state FROM webhook_delivery"
                + " WHERE message_id = ANY(?) ORDER BY message_id, endpoint_id")
        .param(messages)
        .query(
            row -> {
              String message = row.getString(1);
              found
                  .computeIfAbsent(
                      Objects.requireNonNull(ids.get(message)), key -> new ArrayList<>())
                  .add(
                      new Delivery(
                          row.getString(2),
                          row.getString(3),
                          attempts.getOrDefault(message + " " + row.getString(2), List.of())));
            });
    return found;
  }

  /** The attempts of each message to each webhook. */
  private Map<String, List<Attempt>> attempts(Object messages) {
    Map<String, List<Attempt>> attempts = new HashMap<>();
    jdbc.sql(
            "SELECT message_id, endpoint_id, id, started_at, took_ms, status, error"
                + " FROM webhook_attempt WHERE message_id = ANY(?) ORDER BY id")
        .param(messages)
        .query(
            row -> {
              attempts
                  .computeIfAbsent(
                      row.getString(1) + " " + row.getString(2), key -> new ArrayList<>())
                  .add(
                      new Attempt(
                          row.getString(3),
                          Objects.requireNonNull(row.getObject(4, OffsetDateTime.class))
                              .toInstant()
                              .toString(),
                          row.getInt(5),
                          row.getObject(6, Integer.class),
                          row.getString(7)));
            });
    return attempts;
  }
}
