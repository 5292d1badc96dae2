package dev.serai.broker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * What AMQP does not tell of a broker: of RabbitMQ its management API does, of the embedded broker
 * its own model. Thread-safe; nobody waits for an answer.
 */
@Component
public final class BrokerTotals {
  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);
  private static final Logger LOG = LoggerFactory.getLogger(BrokerTotals.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Supplier<Optional<Totals>> source;

  /**
   * Of the whole broker.
   *
   * @param unacked messages that consumers have and have not acknowledged
   * @param channels that are open
   * @param connections that are open
   */
  public record Totals(long unacked, long channels, long connections) {}

  /**
   * Asks nothing yet.
   *
   * @param management address of RabbitMQ's management API; empty means the usual one of the
   *     broker's host, if the login may go there
   */
  @Autowired
  BrokerTotals(
      BrokerSettings settings,
      ObjectProvider<EmbeddedBroker> embedded,
      @Value("${serai.broker.management-uri}") String management) {
    EmbeddedBroker broker = embedded.getIfAvailable();
    if (broker == null) {
      source =
          address(settings.address(), management)
              .<Supplier<Optional<Totals>>>map(api -> new Management(api, settings.login()))
              .orElseGet(BrokerTotals::none);
    } else {
      BrokerModel model = new BrokerModel(broker.virtualHost());
      source = () -> Optional.of(model.totals());
    }
  }

  /**
   * Where the login may be sent to: encrypted like the broker's connection, or not out of this
   * machine. Elsewhere only if somebody has said so.
   */
  static Optional<URI> address(BrokerSettings.Address broker, String management) {
    String host = broker.host().contains(":") ? "[" + broker.host() + "]" : broker.host();
    if (!management.isEmpty()) {
      return Optional.of(URI.create(management));
    }
    if (broker.tls()) {
      return Optional.of(URI.create("https://" + host + ":15671"));
    }
    return LOOPBACK.matcher(host).matches()
        ? Optional.of(URI.create("http://" + host + ":15672"))
        : Optional.empty();
  }

  private static Supplier<Optional<Totals>> none() {
    missing("the login is not sent in clear to another host unless somebody says so");
    return Optional::empty;
  }

  private static void missing(String why) {
    LOG.warn(
        "no-broker-totals: unacknowledged messages, channels and connections are in no metric: {};"
            + " write the address of RabbitMQ's management API to serai.broker.management-uri"
            + " (SERAI_BROKER_MANAGEMENT_URI), such as http://host:15672",
        why);
  }

  /** For the tests of it. */
  BrokerTotals(URI management, BrokerSettings.Login login) {
    source = new Management(management, login);
  }

  /** At most some seconds old; empty while nobody tells. */
  public Optional<Totals> latest() {
    return source.get();
  }

  /** Each call answers with the newest reading, and begins another one when that is old. */
  private static final class Management implements Supplier<Optional<Totals>> {
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(FRESH).build();
    private final HttpRequest request;
    private @Nullable Totals newest;
    private boolean told;
    private long since = System.nanoTime() - FRESH.toNanos();

    Management(URI address, BrokerSettings.Login login) {
      byte[] user = (login.username() + ":" + login.password()).getBytes(StandardCharsets.UTF_8);
      this.request =
          HttpRequest.newBuilder(
                  URI.create(address.toString().replaceFirst("/$", "") + "/api/overview"))
              .timeout(FRESH)
              .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(user))
              .build();
    }

    @Override
    public synchronized Optional<Totals> get() {
      if (System.nanoTime() - since >= FRESH.toNanos()) {
        since = System.nanoTime();
        client
            .sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
            .whenComplete(
                (answer, away) -> {
                  if (away != null) {
                    keep(null, "no answer");
                  } else {
                    keep(read(answer.statusCode(), answer.body()), answer.statusCode());
                  }
                });
      }
      return Optional.ofNullable(newest);
    }

    /** Says once why there are none, until there are again. */
    private synchronized void keep(@Nullable Totals totals, Object answer) {
      newest = totals;
      if (totals == null && !told) {
        URI api = request.uri();
        missing("%s:%d has said: %s".formatted(api.getHost(), api.getPort(), answer));
      }
      told = totals == null;
    }
  }

  /** What an answer says; null when it is not one of the API. */
  static @Nullable Totals read(int status, byte[] body) {
    try {
      JsonNode overview = JSON.readTree(body);
      JsonNode objects = overview.path("object_totals");
      return status == 200 && objects.has("connections")
          ? new Totals(
              overview.at("/queue_totals/messages_unacknowledged").asLong(),
              objects.path("channels").asLong(),
              objects.path("connections").asLong())
          : null;
    } catch (IOException e) { // something else listens there
      return null;
    }
  }
}
