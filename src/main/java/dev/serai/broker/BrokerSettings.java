package dev.serai.broker;

import java.time.Duration;

/**
 * What {@code serai.broker.*} and the environment say about the broker.
 *
 * @param address where RabbitMQ is; not used by the embedded broker
 * @param login who connects to RabbitMQ; not used by the embedded broker
 * @param connection how connections are made and watched
 * @param publishing how long and how much may wait for a confirm
 * @param consuming what consumers get ahead of their acks
 */
public record BrokerSettings(
    Address address,
    Login login,
    Connecting connection,
    Publishing publishing,
    Consuming consuming) {

  /**
   * Where RabbitMQ listens.
   *
   * @param host name or address
   * @param port from 1 to 65535
   * @param virtualHost {@code /} unless said otherwise
   * @param tls whether the connection is encrypted ({@code amqps})
   */
  public record Address(String host, int port, String virtualHost, boolean tls) {}

  /** Name and password; never printed. */
  public record Login(String username, String password) {
    @Override
    public String toString() {
      return "Login[username and password hidden]";
    }
  }

  /**
   * How connections are made and watched.
   *
   * @param connectTimeout longest wait for a connection to open
   * @param heartbeat time between signs of life, whole seconds; zero means none
   * @param reconnectDelay first wait after a lost connection; doubles up to 30 seconds
   * @param maxReconnectAttempts failures in a row after which health says {@code Unhealthy}; trying
   *     goes on for ever
   */
  public record Connecting(
      Duration connectTimeout,
      Duration heartbeat,
      Duration reconnectDelay,
      int maxReconnectAttempts) {}

  /**
   * How long and how much may wait for a confirm.
   *
   * @param timeout longest time from the call to the confirm
   * @param maxUnconfirmed messages sent but not confirmed
   * @param maxWaiting messages in line behind those; one more is refused at once
   */
  public record Publishing(Duration timeout, int maxUnconfirmed, int maxWaiting) {}

  /**
   * What consumers get ahead of their acks.
   *
   * @param prefetchCount messages, where an endpoint does not say otherwise
   * @param prefetchGlobal whether the count holds for all consumers of a channel together
   */
  public record Consuming(int prefetchCount, boolean prefetchGlobal) {}
}
