package dev.serai.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.serai.support.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The state's database with its tables, without the rest of Serai. */
public final class TestStore implements AutoCloseable {
  private final ConfigurableApplicationContext context;

  private TestStore(ConfigurableApplicationContext context) {
    this.context = context;
    // One that is made in the background while the pool closes would open H2's file again.
    context.getBean(HikariDataSource.class).setMinimumIdle(0);
  }

  /** On H2 in a file of this data folder. */
  public static TestStore onH2(Path data) {
    return open(data, "");
  }

  /** On an empty database of PostgreSQL. */
  public static TestStore onPostgres(Path data) {
    return open(data, TestPostgres.emptyDatabase());
  }

  /**
   * On the database at {@code url}; empty means H2 in the data folder.
   *
   * @param settings further arguments such as {@code --serai.db.pool-size=2}
   */
  public static TestStore open(Path data, String url, String... settings) {
    List<String> arguments = new ArrayList<>(List.of(settings));
    arguments.add("--serai.data=" + data);
    arguments.add("--serai.db.url=" + url);
    return new TestStore(
        new SpringApplicationBuilder(Parts.class)
            .web(WebApplicationType.NONE)
            .run(arguments.toArray(String[]::new)));
  }

  /** For many rows at once. */
  public JdbcTemplate batches() {
    return context.getBean(JdbcTemplate.class);
  }

  /** For everything else. */
  public JdbcClient jdbc() {
    return context.getBean(JdbcClient.class);
  }

  /** Runs what belongs together. */
  public TransactionTemplate transactions() {
    return context.getBean(TransactionTemplate.class);
  }

  /** For those who make transactions of their own kind. */
  public PlatformTransactionManager manager() {
    return context.getBean(PlatformTransactionManager.class);
  }

  /** Turns among all stores that are opened on the same database. */
  public SharedTurns turns() {
    return context.getBean(SharedTurns.class);
  }

  @Override
  public void close() {
    context.close();
  }

  @ImportAutoConfiguration({
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    FlywayAutoConfiguration.class,
    TransactionAutoConfiguration.class
  })
  @Import(StoreConfiguration.class)
  static class Parts {}
}
