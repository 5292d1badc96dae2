package dev.serai.debias;

import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;
import org.neo4j.driver.TransactionContext;
import org.neo4j.driver.Value;
import org.neo4j.driver.Values;
import org.neo4j.driver.exceptions.ServiceUnavailableException;
import org.springframework.stereotype.Component;

/**
 * The graph in Neo4j: {@code (:User)-[:VIEW]->(:Product)}. Bean {@code debiasNeo4jGraph};
 * thread-safe.
 *
 * <p>A relationship's type cannot be a parameter of Cypher. An event type of letters, digits and
 * {@code _} becomes one in capitals; for any other it is {@code INTERACTED}. The event type itself
 * is always the property {@code event_type}.
 */
@Component("debiasNeo4jGraph")
public class Neo4jGraph {
  private static final Pattern SAFE = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");
  private static final String OTHER = "INTERACTED";

  private static final List<String> CONSTRAINTS =
      List.of(
          "CREATE CONSTRAINT debias_user IF NOT EXISTS FOR (u:User) REQUIRE u.user_id IS UNIQUE",
          "CREATE CONSTRAINT debias_product IF NOT EXISTS"
              + " FOR (p:Product) REQUIRE p.product_id IS UNIQUE");

  private static final String STORE =
      """
      UNWIND $events AS event
      MERGE (u:User {user_id: event.user_id})
      MERGE (p:Product {product_id: event.product_id})
      MERGE (u)-[r:`%s` {event_id: event.event_id}]->(p)
      ON CREATE SET r.event_type = event.event_type,
        r.user_session = event.user_session, r.time = event.time""";

  private static final String INTERACTIONS =
      """
      MATCH (u:User {user_id: $user})-[r]->(p:Product) WHERE r.event_id IS NOT NULL
      RETURN r.event_id AS event_id, p.product_id AS product_id, r.event_type AS event_type,
        r.user_session AS user_session, r.time AS time
      ORDER BY r.time DESC, r.event_id DESC LIMIT $limit""";

  private final Neo4jConnection neo4j;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile boolean constrained;

  Neo4jGraph(Neo4jConnection neo4j) {
    this.neo4j = neo4j;
  }

  /**
   * Stores all events in one transaction. An event that is there already changes nothing.
   *
   * @throws org.neo4j.driver.exceptions.Neo4jException if none of them was stored
   */
  public void store(List<UserEvent> events) {
    try (Session session = neo4j.driver().session()) {
      constrainOnce(session);
      session.executeWriteWithoutResult(transaction -> store(events, transaction));
    }
  }

  /**
   * One thread at a time, since the server refuses those that change its schema together. The
   * others do not queue up behind a server that hangs.
   */
  private void constrainOnce(Session session) {
    if (constrained) {
      return;
    }
    if (!takesTurn()) {
      throw new ServiceUnavailableException("Neo4j has not made its constraints in time");
    }
    try {
      if (!constrained) {
        CONSTRAINTS.forEach(
            constraint ->
                session.executeWriteWithoutResult(
                    transaction -> transaction.run(constraint).consume()));
        constrained = true;
      }
    } finally {
      turn.unlock();
    }
  }

  private boolean takesTurn() {
    try {
      return turn.tryLock(neo4j.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void store(List<UserEvent> events, TransactionContext transaction) {
    // Always in the same order, so that two workers seldom wait for each other.
    SortedMap<String, List<UserEvent>> byType =
        events.stream()
            .sorted(Comparator.comparingLong(UserEvent::userId).thenComparing(UserEvent::productId))
            .collect(
                Collectors.groupingBy(
                    event -> relationship(event.eventType()), TreeMap::new, Collectors.toList()));
    byType.forEach(
        (type, some) ->
            transaction
                .run(
                    STORE.formatted(type),
                    Map.of("events", some.stream().map(Neo4jGraph::properties).toList()))
                .consume());
  }

  /**
   * A user's interactions.
   *
   * @param limit how many at most
   * @return newest first; empty when the user is unknown
   */
  public List<UserEvent> interactions(long userId, int limit) {
    try (Session session = neo4j.driver().session()) {
      return session.executeRead(
          transaction ->
              transaction
                  .run(INTERACTIONS, Map.of("user", userId, "limit", limit))
                  .list(row -> event(userId, row)));
    }
  }

  private static String relationship(String eventType) {
    return SAFE.matcher(eventType).matches() ? eventType.toUpperCase(Locale.ROOT) : OTHER;
  }

  private static Value properties(UserEvent event) {
    return Values.parameters(
        "event_id", event.eventId(),
        "user_id", event.userId(),
        "product_id", event.productId(),
        "event_type", event.eventType(),
        "user_session", event.userSession(),
        "time", event.time().atZone(ZoneOffset.UTC));
  }

  private static UserEvent event(long userId, Record row) {
    return new UserEvent(
        row.get("event_id").asString(),
        userId,
        row.get("product_id").asLong(),
        row.get("event_type").asString(),
        row.get("user_session").asString(null),
        row.get("time").asZonedDateTime().toInstant());
  }
}
