package dev.serai.outbox;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The outbox, for the tests of those who use it. */
public final class TestOutbox {
  private TestOutbox() {}

  /** In a database with its tables. */
  public static Outbox on(JdbcClient jdbc) {
    return new Outbox(jdbc);
  }
}
