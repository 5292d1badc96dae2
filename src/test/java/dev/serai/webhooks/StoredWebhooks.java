package dev.serai.webhooks;

import dev.serai.store.TestStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Opens a store of webhooks for each test. */
@SuppressWarnings("NullAway.Init") // opened before each test
abstract class StoredWebhooks {
  static final Duration LEASE = Duration.ofMinutes(1);
  TestStore store;
  Endpoints endpoints;
  Messages messages;
  Deliveries deliveries;
  Results results;
  Conditions conditions;

  abstract TestStore open(Path data);

  @BeforeEach
  void open_the_database(@TempDir Path data) {
    store = open(data);
    endpoints = new Endpoints(store.jdbc(), store.transactions());
    messages = new Messages(store.batches());
    deliveries = new Deliveries(store.batches(), store.transactions(), store.turns());
    results = new Results(store.batches(), store.transactions());
    conditions = new Conditions(store.jdbc(), endpoints);
  }

  @AfterEach
  void close_the_database() {
    store.close();
  }

  static Settings settings() {
    return new Settings(
        URI.create("https://a.example/"),
        List.of("#"),
        "",
        Map.of("x-a", "1"),
        Map.of("authorization", "Bearer b"),
        null,
        List.of(Duration.ZERO, Duration.ofSeconds(5)),
        true);
  }

  String add() {
    return endpoints.add(settings(), Secret.generate().text(), id -> {});
  }

  static Incoming event(String id, String body) {
    return new Incoming(
        id,
        (body + "0".repeat(43)).substring(0, 43),
        "order.paid",
        Map.of("content-type", "application/json"),
        body.getBytes(StandardCharsets.UTF_8));
  }

  /** Stores events for an endpoint, due now. */
  void deliver(String endpointId, String... ids) {
    List<Messages.Due> due = new ArrayList<>();
    List<Incoming> events = new ArrayList<>();
    for (String id : ids) {
      events.add(event(id, id));
      due.add(new Messages.Due(event(id, id), endpointId, Duration.ZERO, false));
    }
    store
        .transactions()
        .executeWithoutResult(
            status -> {
              messages.add(events);
              messages.deliver(due, LEASE);
            });
  }

  List<Held> claim(String endpointId, int most) {
    return deliveries.claim(new Deliveries.Wish(endpointId, most, 1 << 20, false, LEASE));
  }

  /** Lets what is due later be due sooner. */
  void pass(Duration time) {
    store
        .jdbc()
        .sql("UPDATE webhook_delivery SET due_at = due_at - " + Endpoints.MILLIS)
        .param(time.toMillis())
        .update();
  }

  /** Lets a time of all deliveries be over. */
  void passTime() {
    store
        .jdbc()
        .sql(
            "UPDATE webhook_delivery SET due_at = TIMESTAMP '2020-01-01 00:00:00' WHERE due_at IS NOT NULL")
        .update();
  }

  String state(String messageId) {
    return store
        .jdbc()
        .sql("SELECT state || ' ' || tries FROM webhook_delivery WHERE message_id = ?")
        .param(messageId)
        .query(String.class)
        .single();
  }

  static Result result(Held held, Result.State state, Duration pause) {
    return new Result(
        held,
        Instant.now(),
        Duration.ofMillis(5),
        state == Result.State.DELIVERED ? 204 : 500,
        state == Result.State.DELIVERED ? null : "http-status: 500",
        "no",
        state,
        pause,
        true);
  }
}
