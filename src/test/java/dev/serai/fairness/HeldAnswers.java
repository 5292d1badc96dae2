package dev.serai.fairness;

import com.sun.net.httpserver.HttpExchange;
import dev.serai.llm.ChatServer;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Answers that come when the test lets them, or each after the same time. */
final class HeldAnswers implements ChatServer.Reply {
  private static final long FOR_EVER = TimeUnit.MINUTES.toMillis(10);

  private final Semaphore allowed = new Semaphore(0);
  private volatile long time = FOR_EVER;

  /** Lets as many come as are said. */
  void allow(int number) {
    allowed.release(number);
  }

  /** Lets those that are asked for from now on come after this time. */
  void each(long millis) {
    time = millis;
  }

  /** Lets no further ones come. */
  void hold() {
    time = FOR_EVER;
  }

  @Override
  public void to(HttpExchange exchange) throws IOException {
    try {
      boolean unused = allowed.tryAcquire(time, TimeUnit.MILLISECONDS);
      ChatServer.answer("hello").to(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
