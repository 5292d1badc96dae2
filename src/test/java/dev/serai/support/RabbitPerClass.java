package dev.serai.support;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A RabbitMQ for all tests of a class, of which there is one instance. It is there before anything
 * of the class runs and ends after all of it.
 */
@SuppressWarnings("NullAway.Init") // started before all tests
public final class RabbitPerClass implements BeforeAllCallback, AfterAllCallback {
  private RabbitNode node;

  @Override
  public void beforeAll(ExtensionContext tests) {
    node = RabbitNode.start();
  }

  @Override
  public void afterAll(ExtensionContext tests) {
    node.close();
  }

  /** With login, without a path. */
  public String uri() {
    return node.uri();
  }
}
