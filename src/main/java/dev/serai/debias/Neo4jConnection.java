package dev.serai.debias;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.AuthToken;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The driver's pool of connections to Neo4j, opened at the first use, so that a Serai without Neo4j
 * has none.
 */
@Component
class Neo4jConnection implements DisposableBean {
  private final String uri;
  private final AuthToken login;
  private final Duration timeout;
  private volatile @Nullable Driver driver;

  Neo4jConnection(
      @Value("${debias.graph.neo4j-uri}") String uri,
      @Value("${debias.graph.neo4j-user}") String user,
      @Value("${debias.graph.neo4j-password}") String password,
      @Value("${debias.graph.neo4j-timeout}") Duration timeout) {
    this.uri = uri;
    this.login = password.isEmpty() ? AuthTokens.none() : AuthTokens.basic(user, password);
    this.timeout = timeout;
  }

  /**
   * The driver. Does not connect by itself.
   *
   * @throws IllegalStateException if no address is set
   */
  Driver driver() {
    Driver open = driver;
    if (open == null) {
      synchronized (this) {
        open = driver == null ? open() : driver;
        driver = open;
      }
    }
    return open;
  }

  /** Longest wait for something that Neo4j has to do first. */
  Duration timeout() {
    return timeout;
  }

  private Driver open() {
    if (uri.isBlank()) {
      throw new IllegalStateException(
          "no-neo4j: debias.graph.neo4j-uri is empty; set NEO4J_URI, such as neo4j://host:7687");
    }
    return GraphDatabase.driver(
        uri,
        login,
        Config.builder()
            .withConnectionTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .withConnectionAcquisitionTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            // Enough for two transactions that waited for each other; the rest is the ladder's.
            .withMaxTransactionRetryTime(1, TimeUnit.SECONDS)
            .build());
  }

  @Override
  public void destroy() {
    Driver open = driver;
    if (open != null) {
      open.close();
    }
  }
}
