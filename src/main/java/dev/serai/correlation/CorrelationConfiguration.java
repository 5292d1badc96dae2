package dev.serai.correlation;

import dev.serai.broker.Publisher;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.data.redis.connection.RedisPassword;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the chains together; tests of routes do without. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CorrelationSettings.class)
class CorrelationConfiguration {
  private static final long AGAIN_MILLIS = 1000;

  /** Opens no connection before the first use; whoever names it in a route can use it too. */
  @Bean
  JedisConnectionFactory redisConnectionFactory(CorrelationSettings settings) {
    CorrelationSettings.Redis redis = settings.redis();
    RedisStandaloneConfiguration place =
        new RedisStandaloneConfiguration(redis.host(), redis.port());
    if (!redis.password().isEmpty()) {
      place.setPassword(RedisPassword.of(redis.password()));
    }
    return new JedisConnectionFactory(
        place,
        JedisClientConfiguration.builder()
            .connectTimeout(redis.timeout())
            .readTimeout(redis.timeout())
            .usePooling()
            .poolConfig(pool(redis.timeout()))
            .build());
  }

  private static GenericObjectPoolConfig<?> pool(Duration longestWait) {
    GenericObjectPoolConfig<?> pool = new GenericObjectPoolConfig<>();
    pool.setMaxWait(longestWait); // for one of its connections while all are in use
    return pool;
  }

  @Bean
  StringRedisTemplate redisTemplate(JedisConnectionFactory redisConnectionFactory) {
    return new StringRedisTemplate(redisConnectionFactory);
  }

  @Bean
  ChainStore chainStore(
      CorrelationSettings settings,
      JdbcTemplate jdbc,
      TransactionTemplate transactions,
      StringRedisTemplate redisTemplate) {
    return settings.store().equals("redis")
        ? new RedisChains(redisTemplate, settings.keep())
        : new SqlChains(jdbc, transactions);
  }

  @Bean
  Recorder recorder(ChainStore chainStore, CorrelationSettings settings, MeterRegistry meters) {
    return new Recorder(chainStore, settings, meters, AGAIN_MILLIS);
  }

  @Bean
  @Primary
  RecordingPublisher recordingPublisher(
      @Qualifier("partitioningPublisher") Publisher publisher,
      Recorder recorder,
      CorrelationSettings settings) {
    return new RecordingPublisher(publisher, recorder, settings.enabled());
  }

  @Bean
  BriefLook briefLook(CorrelationSettings settings, MeterRegistry meters) {
    return new BriefLook(settings.patience(), meters);
  }

  @Bean
  ChainReader chainReader(
      ChainStore chainStore,
      Recorder recorder,
      CorrelationSettings settings,
      MeterRegistry meters) {
    return new ChainReader(chainStore, recorder, settings, meters);
  }
}
