package dev.serai.broker;

import dev.serai.support.StallingProxy;
import dev.serai.support.TestBrokers;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** The tests' RabbitMQ, behind connections that can be broken. */
final class RabbitProxy implements AutoCloseable {
  private final String uri = TestBrokers.rabbitmq().uri();
  private final StallingProxy proxy;

  RabbitProxy() throws IOException {
    proxy = new StallingProxy(URI.create(uri).getPort());
  }

  /** Settings of a Serai that goes through it. */
  Map<String, String> settings() {
    return Map.of("serai.broker.uri", uri.replaceFirst(":\\d+$", ":" + proxy.port()));
  }

  void breakConnections() {
    proxy.breakConnections();
  }

  @Override
  public void close() throws IOException {
    proxy.close();
  }
}
