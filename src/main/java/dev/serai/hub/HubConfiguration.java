package dev.serai.hub;

import dev.serai.broker.Publisher;
import dev.serai.store.SharedTurns;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the hub together; tests of routes do without. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HubSettings.class)
class HubConfiguration {

  @Bean
  Archive streamsArchive(JdbcClient jdbc, JdbcTemplate batches, TransactionTemplate transactions) {
    return new Archive(
        new History(jdbc, batches, transactions),
        new HistoryReader(jdbc),
        new Forgetting(jdbc, transactions));
  }

  @Bean
  Instances instances(Publisher publisher, SharedTurns turns) {
    return new Instances(publisher, turns);
  }

  @Bean
  Feeds feeds(HubSettings settings) {
    return new Feeds(settings.most());
  }

  @Bean
  Audiences audiences(HubSettings settings, MeterRegistry meters) {
    return new Audiences(settings, new Attendance(settings.most(), meters));
  }

  @Bean("websocket-component")
  StreamComponent websocket(Hub hub) {
    return new StreamComponent(hub, Channel.WEBSOCKET);
  }

  @Bean("sse-component")
  StreamComponent sse(Hub hub) {
    return new StreamComponent(hub, Channel.SSE);
  }
}
