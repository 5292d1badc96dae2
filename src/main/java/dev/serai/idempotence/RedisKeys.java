package dev.serai.idempotence;

import dev.serai.idempotence.Leases.Held;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;

/** Keys in Redis, which forgets them by itself. */
class RedisKeys implements KeyStore {
  private static final String PREFIX = "serai:once:";
  private static final String HELD = "held ";
  private static final String DONE = "done";
  private static final int SCANNED_AT_ONCE = 1000;
  private static final RedisScript<Long> RENEW =
      script(
          "if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end"
              + " return redis.call('pexpire', KEYS[1], ARGV[2])");
  private static final RedisScript<Long> END =
      script(
          "local has = redis.call('get', KEYS[1])"
              + " if has and has ~= ARGV[1] then return 0 end"
              + " redis.call('set', KEYS[1], ARGV[2], 'PX', ARGV[3]) return 1");
  private static final RedisScript<Long> RELEASE =
      script(
          "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end"
              + " return 0");

  private final StringRedisTemplate redis;

  RedisKeys(StringRedisTemplate redis) {
    this.redis = redis;
  }

  private static RedisScript<Long> script(String text) {
    return new DefaultRedisScript<>(text, Long.class);
  }

  private boolean ran(RedisScript<Long> script, String id, Object... arguments) {
    Long result = redis.execute(script, List.of(PREFIX + id), arguments);
    return result != null && result == 1;
  }

  @Override
  public Claim claim(String id, String owner, Duration lease) {
    if (Boolean.TRUE.equals(redis.opsForValue().setIfAbsent(PREFIX + id, HELD + owner, lease))) {
      return Claim.GIVEN;
    }
    return isDone(id) ? Claim.DONE : Claim.HELD;
  }

  @Override
  public void renew(List<Held> keys, Duration lease) {
    keys.forEach(key -> ran(RENEW, key.id(), HELD + key.owner(), String.valueOf(lease.toMillis())));
  }

  @Override
  public boolean done(String id, String owner, Duration window) {
    return ran(END, id, HELD + owner, DONE, String.valueOf(window.toMillis()));
  }

  @Override
  public void release(String id, String owner) {
    ran(RELEASE, id, HELD + owner);
  }

  @Override
  public boolean isDone(String id) {
    return DONE.equals(redis.opsForValue().get(PREFIX + id));
  }

  @Override
  public void clear() {
    ScanOptions ours = ScanOptions.scanOptions().match(PREFIX + "*").count(SCANNED_AT_ONCE).build();
    try (Stream<String> keys = redis.scan(ours).stream()) {
      keys.forEach(redis::delete);
    }
  }
}
