package dev.serai.packs.debias;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.support.SeraiApp;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Session;
import org.neo4j.harness.Neo4j;
import org.neo4j.harness.Neo4jBuilders;

/** The way of an event from HTTP through the broker into a real Neo4j and out over HTTP again. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WholeWayContract {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private Neo4j neo4j;

  /** Settings that choose the broker; its queues are empty. */
  abstract Map<String, String> broker();

  @BeforeAll
  void start_neo4j() {
    neo4j = Neo4jBuilders.newInProcessBuilder().withDisabledServer().build();
  }

  @AfterAll
  void stop_neo4j() {
    neo4j.close();
  }

  @Test
  void what_is_posted_is_in_neo4j_and_answered_newest_first(@TempDir Path data) throws Exception {
    Map<String, String> settings = new LinkedHashMap<>(broker());
    settings.put("debias.graph.neo4j-uri", neo4j.boltURI().toString());
    try (SeraiApp serai = SeraiApp.start(data, settings)) {
      post(serai, "/events", event("e1", 1, "view"));
      post(serai, "/events", event("e1", 1, "view")); // sent again: stored once
      post(
          serai,
          "/events/batch",
          "[%s,%s]".formatted(event("e2", 2, "cart"), event("e3", 3, "purchase")));

      await().atMost(LONGEST).until(() -> interactions(serai).size() == 3);
      assertThat(StreamSupport.stream(interactions(serai).spliterator(), false))
          .extracting(one -> one.path("event_id").asText(), one -> one.path("event_type").asText())
          .containsExactly(tuple("e3", "purchase"), tuple("e2", "cart"), tuple("e1", "view"));
      assertThat(
              number(
                  "MATCH (:User {user_id: 7})-[r:PURCHASE]->(:Product {product_id: 3})"
                      + " RETURN COUNT(r)"))
          .isOne();
      assertThat(number("MATCH (:User)-[r]->(:Product) RETURN COUNT(r)")).isEqualTo(3);
    }
  }

  private static void post(SeraiApp serai, String entry, String body) throws Exception {
    HttpResponse<String> response = serai.post(entry, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  private static JsonNode interactions(SeraiApp serai) throws Exception {
    return JSON.readTree(serai.get("/debias/users/7/interactions").body()).path("interactions");
  }

  private static String event(String id, int product, String type) {
    return """
        {"user_id":7,"product_id":%d,"event_type":"%s","event_id":"%s",\
        "event_time":"2026-01-01T00:00:0%1$dZ"}"""
        .formatted(product, type, id);
  }

  private long number(String query) {
    try (Driver driver = GraphDatabase.driver(neo4j.boltURI());
        Session session = driver.session()) {
      return session.run(query).single().get(0).asLong();
    }
  }
}
