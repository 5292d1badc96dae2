package dev.serai.idempotence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import org.apache.camel.Exchange;
import org.apache.camel.spi.IdempotentRepository;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/**
 * What Camel's {@code idempotentConsumer} asks whether a message was done. Bean {@code once};
 * thread-safe.
 *
 * <p>A key is held while its route works and known for the window once that has ended well. A route
 * that fails gives it back; one that dies with it keeps it until its lease ends, so that the
 * redelivered message fails until then instead of being taken for done. Each route has keys of its
 * own.
 */
@Component("once")
public class Once implements IdempotentRepository {
  private final SqlKeys sql;
  private final RedisKeys redis;
  private final Duration window;
  private final Duration lease;
  private final String store;

  @Autowired
  Once(
      SqlKeys sql,
      StringRedisTemplate redis,
      @Value("${idempotence.window}") Duration window,
      @Value("${idempotence.lease}") Duration lease,
      @Value("${idempotence.store}") String store) {
    this.sql = sql;
    this.redis = new RedisKeys(redis);
    this.window = window;
    this.lease = lease;
    this.store = store;
  }

  @Override
  public boolean add(Exchange exchange, String text) {
    KeyWords words = words(text);
    return switch (store(words).claim(id(exchange, words), lease)) {
      case GIVEN -> true;
      case DONE -> false;
      case HELD -> throw new InWorkException(words.key());
    };
  }

  @Override
  public boolean contains(Exchange exchange, String text) {
    KeyWords words = words(text);
    return store(words).isDone(id(exchange, words));
  }

  @Override
  public boolean remove(Exchange exchange, String text) {
    KeyWords words = words(text);
    store(words).release(id(exchange, words));
    return true;
  }

  @Override
  public boolean confirm(Exchange exchange, String text) {
    KeyWords words = words(text);
    store(words).done(id(exchange, words), words.window());
    return true;
  }

  private KeyWords words(String text) {
    return KeyWords.of(text, window, store);
  }

  private KeyStore store(KeyWords words) {
    return words.store().equals("redis") ? redis : sql;
  }

  private static String id(@Nullable Exchange exchange, KeyWords words) {
    String route = exchange == null ? "" : String.valueOf(exchange.getFromRouteId());
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((route + "\0" + words.key()).getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // part of every JDK
    }
  }

  @Override
  public boolean add(String text) {
    throw noRoute();
  }

  @Override
  public boolean contains(String text) {
    throw noRoute();
  }

  @Override
  public boolean remove(String text) {
    throw noRoute();
  }

  @Override
  public boolean confirm(String text) {
    throw noRoute();
  }

  private static UnsupportedOperationException noRoute() {
    return new UnsupportedOperationException("keys belong to a route");
  }

  @Override
  public void clear() {
    throw new UnsupportedOperationException("keys go when their window is over");
  }

  /** Nothing to begin: the stores are there. */
  @Override
  public void start() {}

  /** Nothing to end: other routes use it. */
  @Override
  public void stop() {}
}
