package dev.serai.correlation;

import static dev.serai.correlation.TestChains.published;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.support.TestRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

@SuppressWarnings("NullAway.Init") // opened before all tests
class ChainsOnRedisTest extends ChainStoreContract {
  private TestRedis server;
  private JedisConnectionFactory connections;
  private StringRedisTemplate redis;

  @Override
  ChainStore open(Path data) {
    server = TestRedis.start();
    CorrelationSettings settings =
        new CorrelationSettings(
            true,
            "redis",
            Duration.ofHours(1),
            Duration.ofSeconds(10),
            10,
            10,
            new CorrelationSettings.Redis("127.0.0.1", server.port(), "", Duration.ofSeconds(2)));
    connections = new CorrelationConfiguration().redisConnectionFactory(settings);
    connections.afterPropertiesSet();
    connections.start();
    redis = new StringRedisTemplate(connections);
    return new RedisChains(redis, settings.keep());
  }

  @Override
  void close() {
    connections.destroy();
    server.close();
  }

  @Test
  void redis_forgets_all_of_it_by_itself() {
    store.add(List.of(published(0, "r1", "r", "r0")));

    Set<String> keys = Objects.requireNonNull(redis.keys("serai:trace:*:r*"));
    assertThat(keys).hasSize(4);
    assertThat(keys)
        .allSatisfy(key -> assertThat(redis.getExpire(key)).as(key).isBetween(3500L, 3600L));
  }

  @Test
  void a_group_that_gets_new_events_for_ever_forgets_the_old_ones() {
    store.add(List.of(published(0, "old", "endless", "source")));

    store.add(List.of(published(3601, "young", "endless", "source")));

    assertThat(store.group("endless", 10)).containsExactly("young");
    assertThat(store.children(List.of("source"), 10)).containsExactly("young");
  }
}
