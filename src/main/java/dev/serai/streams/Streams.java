package dev.serai.streams;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What streams need of the database; tests of routes do without. */
@Configuration(proxyBeanMethods = false)
class Streams {

  @Bean
  TaskPieces taskPieces(JdbcClient jdbc) {
    return new TaskPieces(jdbc);
  }
}
