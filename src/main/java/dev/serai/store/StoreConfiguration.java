package dev.serai.store;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Opens the state's database and brings its tables up to date before anything reads them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StoreSettings.class)
class StoreConfiguration {
  private static final int H2_IN_USE = 90020; // DATABASE_ALREADY_OPEN_1

  /**
   * Lets PostgreSQL notice within half a minute that a process is gone with its host, and within
   * five that one stands still, and what it held is free for the others; after two hours, or never,
   * as a rule without it.
   */
  private static final String NOTICE_DEAD_PROCESSES =
      "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 4;"
          + " SET idle_in_transaction_session_timeout = '5min'";

  @Bean
  StoreLocation storeLocation(StoreSettings settings, @Value("${serai.data}") Path data) {
    StoreSettings good = settings.checked();
    return StoreLocation.of(good.url(), good.user(), good.password(), data);
  }

  @Bean
  HikariDataSource dataSource(StoreLocation location, StoreSettings settings) throws SQLException {
    HikariDataSource pool = new HikariDataSource();
    pool.setPoolName("state");
    pool.setDataSource(opened(location, settings.connectTimeout(), settings.answerTimeout()));
    if (!location.user().isEmpty()) {
      pool.setUsername(location.user());
    }
    if (!location.user().isEmpty() || !location.password().isEmpty()) {
      pool.setPassword(location.password());
    }
    if (!location.ownedByThisProcess()) {
      pool.setConnectionInitSql(NOTICE_DEAD_PROCESSES);
    }
    pool.setMaximumPoolSize(settings.poolSize());
    pool.setConnectionTimeout(settings.connectTimeout().toMillis());
    // Several silent connections are found in the time of one wait.
    pool.setValidationTimeout(Math.min(1000, settings.connectTimeout().toMillis()));
    return pool;
  }

  /**
   * Not by its URL: then the pool would set the time limit of DriverManager, which is that of the
   * whole process, and the embedded broker's store may take longer to recover.
   */
  private static SimpleDriverDataSource opened(
      StoreLocation location, Duration connectTimeout, Duration answerTimeout) throws SQLException {
    Properties properties = new Properties(); // of PostgreSQL; H2 ignores them
    properties.setProperty("loginTimeout", String.valueOf(connectTimeout.toSeconds() + 1));
    properties.setProperty(
        "socketTimeout", String.valueOf((answerTimeout.toMillis() + 999) / 1000));
    // One statement per batch instead of one per row.
    properties.setProperty("reWriteBatchedInserts", "true");
    String url = location.jdbcUrl();
    return new SimpleDriverDataSource(DriverManager.getDriver(url), url, properties) {
      /** Without it the pool warns at each stop that it has not waited for its own threads. */
      @Override
      public int getLoginTimeout() {
        return 1;
      }
    };
  }

  @Bean
  JdbcTransactionManager transactionManager(DataSource dataSource, StoreLocation location) {
    return location.ownedByThisProcess()
        ? new SyncedCommits(dataSource)
        : new JdbcTransactionManager(dataSource);
  }

  @Bean
  SharedTurns sharedTurns(DataSource dataSource, StoreLocation location) {
    return new SharedTurns(dataSource, location);
  }

  @Bean
  FlywayMigrationStrategy migrateOrExplain(StoreLocation location, StoreSettings settings) {
    return flyway -> {
      try {
        patient(flyway, location, settings).migrate();
      } catch (FlywayException | SQLException e) {
        if (isInUse(e)) {
          throw new IllegalStateException(
              "data-folder-in-use: the state in %s belongs to another running Serai; stop that one, or set SERAI_DATA to another folder"
                  .formatted(location.describe()),
              e);
        }
        throw new StoreUnavailableException(
            "store-unavailable: the state in %s cannot be opened and brought up to date: %s"
                .formatted(location.describe(), reason(e)),
            e);
      }
    };
  }

  /** Whether another process has the file of an H2 database open. */
  private static boolean isInUse(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(cause -> cause instanceof SQLException sql && sql.getErrorCode() == H2_IN_USE);
  }

  /** A migration of large tables, or waiting for that of another process, takes its time. */
  private static Flyway patient(Flyway flyway, StoreLocation location, StoreSettings settings)
      throws SQLException {
    if (location.ownedByThisProcess()) {
      return flyway;
    }
    SimpleDriverDataSource database =
        opened(location, settings.connectTimeout(), Duration.ZERO); // no limit
    if (!location.user().isEmpty()) {
      database.setUsername(location.user());
    }
    if (!location.password().isEmpty()) {
      database.setPassword(location.password());
    }
    return Flyway.configure().configuration(flyway.getConfiguration()).dataSource(database).load();
  }

  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
