package dev.serai.debias;

import dev.serai.store.TestStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;

/** One process's worker of the profiles in Qdrant: the shipped routes with a state of its own. */
final class QdrantWorker implements AutoCloseable {
  private final QdrantProfiles profiles;
  private final TestStore store;
  private final CamelContext camel;

  QdrantWorker(String host, int port, QdrantProfiles profiles, TestStore store) throws Exception {
    this.profiles = profiles;
    this.store = store;
    this.camel =
        DebiasRoutes.start(
            Map.of(
                "debias.profile.qdrant-host",
                host,
                "debias.profile.qdrant-port",
                Integer.toString(port)),
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
            "debias/update-profiles-in-qdrant");
  }

  void store(List<UserEvent> events) throws Exception {
    Exchange exchange = exchange(events);
    send(exchange);
    if (exchange.getException() != null) {
      throw exchange.getException();
    }
  }

  /** A message with its events, as the worker's route has it. */
  Exchange exchange(List<UserEvent> events) {
    Exchange exchange = new DefaultExchange(camel);
    exchange.setVariable("events", events);
    return exchange;
  }

  void send(Exchange exchange) {
    camel.createProducerTemplate().send("direct:debias-update-profiles-in-qdrant", exchange);
  }

  @SuppressWarnings("unchecked") // what RETRIEVE answers
  Optional<Profile> find(long userId) throws Exception {
    Exchange exchange = new DefaultExchange(camel);
    exchange.getMessage().setBody(profiles.idOf(userId));
    camel.createProducerTemplate().send("direct:debias-find-points", exchange);
    return profiles.profile(exchange.getMessage().getBody(List.class));
  }

  @Override
  public void close() {
    camel.stop();
    store.close();
  }
}
