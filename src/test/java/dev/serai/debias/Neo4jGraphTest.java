package dev.serai.debias;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.neo4j.driver.Session;
import org.neo4j.driver.exceptions.ServiceUnavailableException;
import org.neo4j.harness.Neo4j;
import org.neo4j.harness.Neo4jBuilders;

class Neo4jGraphTest extends GraphContract {
  private static final Neo4j SERVER =
      Neo4jBuilders.newInProcessBuilder().withDisabledServer().build();
  private static final Neo4jConnection CONNECTION = connectionTo(SERVER.boltURI().toString());

  private final Neo4jGraph graph = new Neo4jGraph(CONNECTION);

  @AfterAll
  static void stop_neo4j() {
    CONNECTION.destroy();
    SERVER.close();
  }

  @BeforeEach
  void empty_the_graph() {
    number("MATCH (n) DETACH DELETE n RETURN COUNT(n)");
  }

  @Test
  void makes_the_event_type_the_type_of_the_relationship() {
    store(List.of(TestEvents.event(1, 7, 100, "view"), TestEvents.event(2, 7, 100, "add_2_cart")));

    assertThat(number("MATCH (:User {user_id: 7})-[r:VIEW]->(:Product) RETURN COUNT(r)")).isOne();
    assertThat(number("MATCH ()-[r:ADD_2_CART {event_type: 'add_2_cart'}]->() RETURN COUNT(r)"))
        .isOne();
  }

  @Test
  void lets_no_event_type_become_part_of_the_statement() {
    store(List.of(TestEvents.event(1, 7, 100, "view`]->() DETACH DELETE u //")));

    assertThat(number("MATCH ()-[r:INTERACTED]->() RETURN COUNT(r)")).isOne();
    assertThat(users()).isEqualTo(1);
  }

  @Test
  void makes_users_and_products_unique() {
    store(List.of(TestEvents.event(1, 7, 100, "view")));

    assertThat(
            number("SHOW CONSTRAINTS YIELD name WHERE name STARTS WITH 'debias_' RETURN COUNT(*)"))
        .isEqualTo(2);
  }

  @Test
  void answers_only_interactions_when_others_write_to_the_same_graph() {
    store(List.of(TestEvents.event(1, 7, 100, "view")));
    number("MATCH (u:User {user_id: 7}), (p:Product) CREATE (u)-[:LIKES]->(p) RETURN COUNT(*)");

    assertThat(interactions(7, 10)).hasSize(1);
  }

  @Test
  void fails_when_neo4j_is_down() {
    Neo4jConnection nowhere = connectionTo("bolt://127.0.0.1:1");

    assertThatExceptionOfType(ServiceUnavailableException.class)
        .isThrownBy(
            () -> new Neo4jGraph(nowhere).store(List.of(TestEvents.event(1, 7, 100, "view"))));

    nowhere.destroy();
  }

  @Test
  void says_what_to_set_when_it_has_no_address() {
    Neo4jGraph unset = new Neo4jGraph(connectionTo(""));

    assertThatIllegalStateException()
        .isThrownBy(() -> unset.interactions(7, 1))
        .withMessageContaining("set NEO4J_URI");
  }

  private static Neo4jConnection connectionTo(String uri) {
    return new Neo4jConnection(uri, "neo4j", "", Duration.ofSeconds(5));
  }

  @Override
  void store(List<UserEvent> events) {
    graph.store(events);
  }

  @Override
  List<UserEvent> interactions(long userId, int limit) {
    return graph.interactions(userId, limit);
  }

  @Override
  long users() {
    return number("MATCH (u:User) RETURN COUNT(u)");
  }

  @Override
  long products() {
    return number("MATCH (p:Product) RETURN COUNT(p)");
  }

  private static long number(String query) {
    try (Session session = CONNECTION.driver().session()) {
      return session.run(query).single().get(0).asLong();
    }
  }
}
