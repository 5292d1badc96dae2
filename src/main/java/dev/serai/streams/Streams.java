package dev.serai.streams;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What streams need of the database; tests of routes do without. */
@Configuration(proxyBeanMethods = false)
class Streams {

  @Bean
  TaskPieces taskPieces(
      JdbcClient jdbc,
      @Value("${helixagent.tasks.result.retries:60}") int retries,
      @Value("${helixagent.tasks.result.pause-ms:1000}") long pause) {
    return new TaskPieces(jdbc, retries, Duration.ofMillis(pause));
  }
}
