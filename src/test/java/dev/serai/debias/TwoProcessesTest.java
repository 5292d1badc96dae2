package dev.serai.debias;

import dev.serai.store.TestStore;
import dev.serai.support.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The profiles in Qdrant when two processes that share a PostgreSQL update them: everything is
 * stored by both in turn.
 */
class TwoProcessesTest extends ProfileContract {
  private final QdrantProfiles profiles = new QdrantProfiles(SETTINGS);
  private final AtomicInteger next = new AtomicInteger();
  private final List<CamelContext> processes = new ArrayList<>();
  private final List<TestStore> stores = new ArrayList<>();
  private QdrantServer qdrant;

  @BeforeEach
  void start(@TempDir Path data) throws Exception {
    qdrant = new QdrantServer();
    String database = TestPostgres.emptyDatabase();
    for (String process : List.of("one", "other")) {
      TestStore store = TestStore.open(data.resolve(process), database);
      stores.add(store);
      processes.add(
          DebiasRoutes.start(
              Map.of(
                  "debias.profile.qdrant-host",
                  "127.0.0.1",
                  "debias.profile.qdrant-port",
                  Integer.toString(qdrant.port())),
              Map.of(
                  "debiasQdrantProfiles",
                  profiles,
                  "debiasProfileTurns",
                  new ProfileTurns(store.turns())),
              "shared/policies/leave-to-caller",
              "debias/ask-qdrant",
              "debias/find-points",
              "debias/store-points",
              "debias/make-collection",
              "debias/update-profiles-in-qdrant"));
    }
  }

  @AfterEach
  void stop() {
    processes.forEach(CamelContext::stop);
    stores.forEach(TestStore::close);
    qdrant.close();
  }

  @Override
  void store(List<UserEvent> events) throws Exception {
    CamelContext process = processes.get(next.getAndIncrement() % processes.size());
    Exchange exchange = new DefaultExchange(process);
    exchange.setVariable("events", events);
    process.createProducerTemplate().send("direct:debias-update-profiles-in-qdrant", exchange);
    if (exchange.getException() != null) {
      throw exchange.getException();
    }
  }

  @Override
  @SuppressWarnings("unchecked") // what RETRIEVE answers
  Optional<Profile> find(long userId) throws Exception {
    CamelContext process = processes.get(0);
    Exchange exchange = new DefaultExchange(process);
    exchange.getMessage().setBody(profiles.idOf(userId));
    process.createProducerTemplate().send("direct:debias-find-points", exchange);
    return profiles.profile(exchange.getMessage().getBody(List.class));
  }
}
