package dev.serai.outbox;

import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The outbox, for the tests of those who use it. */
public final class TestOutbox {
  private TestOutbox() {}

  /** In a database with its tables, and the boxes of {@code config/application.yaml}. */
  public static Outbox on(JdbcClient jdbc) {
    return new Outbox(jdbc, Set.of("totals", "usage", "spend"));
  }
}
