package dev.serai.idempotence;

import dev.serai.idempotence.Leases.Held;
import jakarta.annotation.PreDestroy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
 * own, and each attempt a name of its own: one whose lease has ended, because its process stood
 * still, takes nothing from the one that has come after it.
 */
@Component("once")
public class Once implements IdempotentRepository {
  private static final Logger LOG = LoggerFactory.getLogger(Once.class);
  private static final String OWNER = "serai.once.";

  private final Stores stores;
  private final Duration lease;
  private final OnceOptions options;
  private final String process = UUID.randomUUID().toString();

  /** Where keys are, and who keeps them meanwhile. */
  private record Stores(KeyStore sql, KeyStore redis, Leases leases) {}

  @Autowired
  Once(
      SqlKeys sql,
      StringRedisTemplate redis,
      @Value("${idempotence.window}") Duration window,
      @Value("${idempotence.lease}") Duration lease,
      @Value("${idempotence.store}") String store) {
    this(
        new Stores(sql, new RedisKeys(redis), new Leases(lease)),
        lease,
        new OnceOptions(window, store));
  }

  private Once(Stores stores, Duration lease, OnceOptions options) {
    this.stores = stores;
    this.lease = lease;
    this.options = options;
  }

  /**
   * What is wrong with the options behind the bean's name, such as {@code window=1h&store=redis};
   * empty when nothing is.
   */
  public static Optional<String> objection(String text) {
    try {
      OnceOptions unused = OnceOptions.of(text, new OnceOptions(Duration.ofDays(1), "sql"));
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  /** The same with other options, as a route writes them. */
  Once with(String text) {
    return new Once(stores, lease, OnceOptions.of(text, options));
  }

  @Override
  public boolean add(@Nullable Exchange exchange, String key) {
    String id = id(exchange, key);
    String owner = exchange == null ? process : UUID.randomUUID().toString();
    return switch (store().claim(id, owner, lease)) {
      case GIVEN -> {
        if (exchange != null) {
          keep(exchange, id, owner);
        }
        yield true;
      }
      case DONE -> false;
      case HELD -> throw new InWorkException(key);
    };
  }

  private void keep(Exchange exchange, String id, String owner) {
    exchange.setProperty(OWNER + id, owner);
    Held held = new Held(store(), id, owner);
    stores.leases().keep(held);
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange ended) {
                stores.leases().leave(held);
              }
            });
  }

  @Override
  public boolean contains(@Nullable Exchange exchange, String key) {
    return store().isDone(id(exchange, key));
  }

  @Override
  public boolean remove(@Nullable Exchange exchange, String key) {
    String id = id(exchange, key);
    store().release(id, owner(exchange, id));
    return true;
  }

  @Override
  public boolean confirm(@Nullable Exchange exchange, String key) {
    String id = id(exchange, key);
    boolean ours = store().done(id, owner(exchange, id), options.window());
    if (!ours) {
      LOG.warn(
          "message-done-twice: route {} stood still for longer than idempotence.lease, and another"
              + " attempt of the same message has begun meanwhile",
          exchange == null ? "" : exchange.getFromRouteId());
    }
    return ours;
  }

  private String owner(@Nullable Exchange exchange, String id) {
    return exchange == null ? process : exchange.getProperty(OWNER + id, process, String.class);
  }

  private KeyStore store() {
    return options.store().equals("redis") ? stores.redis() : stores.sql();
  }

  private static String id(@Nullable Exchange exchange, String key) {
    if (key.isBlank()) {
      throw new IllegalArgumentException(
          "bad-idempotence-key: the key is empty, so that all messages would be one; write an"
              + " expression that has a value, such as ${header.cloudEvents_id}");
    }
    String route = exchange == null ? "" : String.valueOf(exchange.getFromRouteId());
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((route + "\0" + key).getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // part of every JDK
    }
  }

  /** Of no route, as are the next three; nobody renews it. */
  @Override
  public boolean add(String key) {
    return add(null, key);
  }

  @Override
  public boolean contains(String key) {
    return contains(null, key);
  }

  @Override
  public boolean remove(String key) {
    return remove(null, key);
  }

  @Override
  public boolean confirm(String key) {
    return confirm(null, key);
  }

  /** Forgets all keys of all routes. */
  @Override
  public void clear() {
    store().clear();
  }

  /** Nothing to begin: the stores are there. */
  @Override
  public void start() {}

  /** Nothing to end: other routes use it. */
  @Override
  public void stop() {}

  @PreDestroy
  void end() {
    stores.leases().close();
  }
}
