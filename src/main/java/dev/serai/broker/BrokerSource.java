package dev.serai.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One place that may say where RabbitMQ is and who logs in. What it leaves open is null.
 *
 * @param name what a person calls it: a setting's or variable's name, never a value
 * @param port text; checked where it is used
 */
record BrokerSource(
    String name,
    @Nullable String host,
    @Nullable String port,
    @Nullable String virtualHost,
    Access access) {

  /** Who logs in and whether the connection is encrypted. */
  record Access(@Nullable String username, @Nullable String password, boolean tls) {
    @Override
    public String toString() {
      return "Access[hidden]";
    }
  }

  /** The environment names of the seeds: prefix, host, port, user, password, virtual host. */
  private static final List<List<String>> PARTS =
      List.of(
          List.of("serai.broker.", "host", "port", "username", "password", "vhost"),
          List.of("RABBITMQ_", "HOST", "PORT", "USER", "PASSWORD", "VHOST"),
          List.of("CONDUITLLM__RABBITMQ__", "HOST", "PORT", "USERNAME", "PASSWORD", "VHOST"));

  static final String CONDUIT_HOST = "CONDUITLLM__RABBITMQ__HOST";

  /**
   * All sources, the one that wins first.
   *
   * @param lookup value of a setting or variable, null when there is none
   * @param problems takes what is wrong with a URL; that source is left out
   */
  static List<BrokerSource> all(
      Function<String, @Nullable String> lookup, Consumer<String> problems) {
    Function<String, @Nullable String> filled =
        name -> {
          String value = lookup.apply(name);
          return value == null || value.isBlank() ? null : value.strip();
        };
    List<BrokerSource> sources = new ArrayList<>();
    sources.add(parts(PARTS.get(0), filled));
    for (String url : List.of("serai.broker.uri", "RABBITMQ_URI", "RABBIT_URL")) {
      String value = filled.apply(url);
      if (value != null) {
        try {
          sources.add(ofUrl(url, AmqpUrl.parse(value)));
        } catch (IllegalArgumentException e) {
          problems.accept(url + " " + e.getMessage());
        }
      }
    }
    sources.add(parts(PARTS.get(1), filled));
    sources.add(parts(PARTS.get(2), filled));
    return sources;
  }

  private static BrokerSource ofUrl(String name, AmqpUrl url) {
    BrokerSettings.Address address = url.address();
    return new BrokerSource(
        name,
        address.host(),
        String.valueOf(address.port()),
        address.virtualHost(),
        new Access(url.username(), url.password(), address.tls()));
  }

  private static BrokerSource parts(List<String> names, Function<String, @Nullable String> lookup) {
    String prefix = names.get(0);
    return new BrokerSource(
        prefix + names.get(1),
        lookup.apply(prefix + names.get(1)),
        lookup.apply(prefix + names.get(2)),
        lookup.apply(prefix + names.get(5)),
        new Access(
            lookup.apply(prefix + names.get(3)), lookup.apply(prefix + names.get(4)), false));
  }
}
