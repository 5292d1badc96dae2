package dev.serai.idempotence;

import java.time.Duration;
import java.util.List;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;

/** Keys in Redis, which forgets them by itself. */
class RedisKeys implements KeyStore {
  private static final String PREFIX = "serai:once:";
  private static final String HELD = "held";
  private static final String DONE = "done";
  private static final RedisScript<Long> RELEASE =
      new DefaultRedisScript<>(
          "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end"
              + " return 0",
          Long.class);

  private final StringRedisTemplate redis;

  RedisKeys(StringRedisTemplate redis) {
    this.redis = redis;
  }

  @Override
  public Claim claim(String id, Duration lease) {
    if (Boolean.TRUE.equals(redis.opsForValue().setIfAbsent(PREFIX + id, HELD, lease))) {
      return Claim.GIVEN;
    }
    return isDone(id) ? Claim.DONE : Claim.HELD;
  }

  @Override
  public void done(String id, Duration window) {
    redis.opsForValue().set(PREFIX + id, DONE, window);
  }

  @Override
  public void release(String id) {
    redis.execute(RELEASE, List.of(PREFIX + id), HELD);
  }

  @Override
  public boolean isDone(String id) {
    return DONE.equals(redis.opsForValue().get(PREFIX + id));
  }
}
