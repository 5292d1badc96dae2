package dev.serai.support;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A RabbitMQ for each test of a class, with empty queues. It is there before anything of the test
 * runs and ends after all of it.
 */
@SuppressWarnings("NullAway.Init") // started before each test
public final class RabbitPerTest implements BeforeEachCallback, AfterEachCallback {
  private RabbitNode node;

  @Override
  public void beforeEach(ExtensionContext test) {
    node = RabbitNode.start();
  }

  @Override
  public void afterEach(ExtensionContext test) {
    node.close();
  }

  /** That of the running test. */
  public RabbitNode node() {
    return node;
  }
}
