package dev.serai.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * Reads {@code serai.broker.*} and the environment names of the seeds, and reports everything that
 * is wrong at once.
 */
final class SettingsReader {
  private static final String PREFIX = "serai.broker.";

  private final Function<String, @Nullable String> lookup;
  private final List<String> problems = new ArrayList<>();
  private final List<BrokerSource> sources;

  /**
   * Reads nothing yet.
   *
   * @param lookup value of a setting or environment variable, null when there is none
   */
  SettingsReader(Function<String, @Nullable String> lookup) {
    this.lookup = lookup;
    this.sources = BrokerSource.all(lookup, problems::add);
  }

  /** What {@link #read} found. */
  record Found(BrokerSettings settings, EmbeddedSettings embedded, TransportChoice choice) {}

  /**
   * Reads all settings.
   *
   * @throws BrokerStartException lists every problem: the key, what is wrong, what to write
   */
  Found read() {
    BrokerSettings settings =
        new BrokerSettings(
            address(),
            new BrokerSettings.Login(
                first(source -> source.access().username(), "guest"),
                first(source -> source.access().password(), "guest")),
            new BrokerSettings.Connecting(
                duration("connect-timeout", Duration.ofMillis(1), Duration.ofMinutes(10)),
                heartbeat(),
                duration("reconnect-delay", Duration.ofMillis(1), Duration.ofSeconds(30)),
                number("max-reconnect-attempts", 1, Integer.MAX_VALUE)),
            new BrokerSettings.Publishing(
                duration("publish-timeout", Duration.ofMillis(1), Duration.ofMinutes(10)),
                number("max-unconfirmed", 1, 65_535),
                number("max-waiting", 1, 10_000_000)),
            new BrokerSettings.Consuming(
                number("prefetch-count", 1, 65_535), flag("prefetch-global")));
    confirms();
    EmbeddedSettings embedded =
        new EmbeddedSettings(
            flag("embedded.durable"),
            duration("embedded.housekeeping", Duration.ofMillis(10), Duration.ofMinutes(1)));
    TransportChoice choice = choice();
    if (!problems.isEmpty()) {
      throw new BrokerStartException(
          "bad-broker-setting: " + String.join("\nbad-broker-setting: ", problems));
    }
    return new Found(settings, embedded, choice);
  }

  private TransportChoice choice() {
    try {
      return TransportChoice.choose(text("mode").toLowerCase(Locale.ROOT), sources);
    } catch (IllegalArgumentException e) {
      problems.add(String.valueOf(e.getMessage()));
      return new TransportChoice(Transport.Mode.EMBEDDED, "");
    }
  }

  /** Host and port belong together: a port beside a host that lost is not used. */
  private BrokerSettings.Address address() {
    BrokerSource own = sources.get(0);
    BrokerSource named =
        sources.stream().filter(source -> source.host() != null).findFirst().orElse(null);
    String port = own.port() != null ? own.port() : named == null ? null : named.port();
    if (port == null && named == null) {
      port = first(BrokerSource::port, "5672");
    }
    String host = named == null ? null : named.host();
    return new BrokerSettings.Address(
        host == null ? "localhost" : host,
        port == null ? 5672 : port(port),
        first(BrokerSource::virtualHost, "/"),
        named != null && named.access().tls());
  }

  private int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    problems.add(
        "the port of RabbitMQ (%sport, RABBITMQ_PORT, CONDUITLLM__RABBITMQ__PORT) is \"%s\"; write a number from 1 to 65535"
            .formatted(PREFIX, text));
    return 5672;
  }

  private String first(Function<BrokerSource, @Nullable String> part, String otherwise) {
    for (BrokerSource source : sources) {
      String value = part.apply(source);
      if (value != null) {
        return value;
      }
    }
    return otherwise;
  }

  private Duration heartbeat() {
    Duration value = duration("heartbeat", Duration.ZERO, Duration.ofSeconds(65_535));
    if (value.toMillis() % 1000 != 0) {
      problems.add(PREFIX + "heartbeat is not whole seconds; write 0s (off), 10s, 60s");
    }
    return value;
  }

  private void confirms() {
    if (!flag("publisher-confirm")) {
      problems.add(
          PREFIX
              + "publisher-confirm (RABBITMQ_PUBLISHER_CONFIRM) is false: without confirms"
              + " acknowledged events can be lost, so Serai always publishes with them;"
              + " write true or remove it");
    }
  }

  private String text(String key) {
    String value = lookup.apply(PREFIX + key);
    return value == null ? "" : value.strip();
  }

  private boolean flag(String key) {
    String value = text(key).toLowerCase(Locale.ROOT);
    if (!value.equals("true") && !value.equals("false")) {
      problems.add("%s%s is \"%s\"; write true or false".formatted(PREFIX, key, value));
      return true;
    }
    return value.equals("true");
  }

  private int number(String key, int least, int most) {
    String value = text(key);
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    problems.add(
        "%s%s is \"%s\"; write a number from %d to %d".formatted(PREFIX, key, value, least, most));
    return least;
  }

  private Duration duration(String key, Duration least, Duration most) {
    String value = text(key);
    try {
      Duration duration = DurationStyle.SIMPLE.parse(value);
      boolean unit = !value.isEmpty() && Character.isLetter(value.charAt(value.length() - 1));
      if (unit && duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
        return duration;
      }
    } catch (IllegalArgumentException e) {
      // reported below
    }
    problems.add(
        "%s%s is \"%s\"; write a time with its unit from %s to %s"
            .formatted(PREFIX, key, value, DurationStyle.SIMPLE.print(least), spoken(most)));
    return least;
  }

  private static String spoken(Duration time) {
    return time.toSeconds() + "s";
  }
}
