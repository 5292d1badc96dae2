package dev.serai.correlation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Chains in Redis, which forgets them by itself: each write makes what it touches live on for the
 * whole time.
 */
class RedisChains implements ChainStore {
  private static final String EVENT = "serai:trace:event:";
  private static final String CHILDREN = "serai:trace:children:";
  private static final String GROUP = "serai:trace:group:";
  private static final String STEPS = "serai:trace:steps:";
  private static final String SPACE = " ";

  private final StringRedisTemplate redis;
  private final Duration keep;

  RedisChains(StringRedisTemplate redis, Duration keep) {
    this.redis = redis;
    this.keep = keep;
  }

  @FunctionalInterface
  private interface Commands {
    void on(RedisOperations<String, String> redis);
  }

  /** Many commands in one round trip, with the answer of each. */
  private List<Object> together(Commands commands) {
    SessionCallback<Object> session =
        new SessionCallback<>() {
          @Override
          @SuppressWarnings({"unchecked", "NullAway"}) // strings are all that this template has
          public <K, V> Object execute(RedisOperations<K, V> operations)
              throws DataAccessException {
            commands.on((RedisOperations<String, String>) operations);
            return null;
          }
        };
    try {
      return redis.executePipelined(session);
    } catch (JedisException e) { // which Spring leaves as it is in a pipeline
      throw new DataAccessResourceFailureException("Redis does not answer: " + e.getMessage(), e);
    }
  }

  @Override
  public void add(List<Sighting> sightings) {
    together(
        to -> {
          for (Sighting sighting : sightings) {
            add(to, sighting);
          }
        });
  }

  private void add(RedisOperations<String, String> to, Sighting sighting) {
    LinkedEvent event = sighting.event();
    Step step = sighting.step();
    double time = event.time().toEpochMilli();
    to.opsForValue()
        .setIfAbsent(EVENT + event.id(), ChainJson.write(ChainJson.Kept.of(event)), keep);
    to.expire(EVENT + event.id(), keep);
    to.opsForZSet().add(STEPS + event.id(), step.id() + SPACE + ChainJson.write(step), time);
    to.expire(STEPS + event.id(), keep);
    for (String parent : event.parents()) {
      to.opsForZSet().add(CHILDREN + parent, event.id(), time);
      live(to, CHILDREN + parent, time);
    }
    if (event.correlationId() != null) {
      to.opsForZSet().addIfAbsent(GROUP + event.correlationId(), event.id(), time);
      live(to, GROUP + event.correlationId(), time);
    }
  }

  /** A set that gets new members for ever forgets those whose own time is over. */
  private void live(RedisOperations<String, String> to, String key, double now) {
    to.opsForZSet().removeRangeByScore(key, Double.NEGATIVE_INFINITY, now - keep.toMillis());
    to.expire(key, keep);
  }

  @Override
  public Map<String, LinkedEvent> events(Collection<String> ids) {
    List<String> found = redis.opsForValue().multiGet(ids.stream().map(id -> EVENT + id).toList());
    Map<String, LinkedEvent> events = new HashMap<>();
    for (String json : Objects.requireNonNullElse(found, List.<String>of())) {
      if (json != null) {
        LinkedEvent event = ChainJson.event(json);
        events.put(event.id(), event);
      }
    }
    return events;
  }

  @Override
  public List<String> children(Collection<String> ids, int most) {
    List<Object> answers =
        together(from -> ids.forEach(id -> from.opsForZSet().range(CHILDREN + id, 0, most - 1L)));
    Set<String> children = new LinkedHashSet<>();
    answers.forEach(answer -> texts(answer).forEach(children::add));
    return children.stream().limit(most).toList();
  }

  @Override
  public List<String> group(String correlationId, int most) {
    return texts(redis.opsForZSet().range(GROUP + correlationId, 0, most - 1L));
  }

  @Override
  public Map<String, List<Step>> steps(Collection<String> ids) {
    List<String> order = List.copyOf(ids);
    List<Object> answers =
        together(from -> order.forEach(id -> from.opsForZSet().range(STEPS + id, 0, -1)));
    Map<String, List<Step>> steps = new HashMap<>();
    for (int i = 0; i < order.size(); i++) {
      List<Step> found =
          texts(answers.get(i)).stream()
              .sorted()
              .map(text -> text.split(SPACE, 2))
              .map(parts -> ChainJson.step(parts[0], parts[1]))
              .toList();
      if (!found.isEmpty()) {
        steps.put(order.get(i), found);
      }
    }
    return steps;
  }

  /** Redis does; this only asks whether it is there. */
  @Override
  public int forget(Duration age, int most) {
    redis.hasKey(EVENT);
    return 0;
  }

  private static List<String> texts(Object answer) {
    List<String> texts = new ArrayList<>();
    if (answer instanceof Collection<?> several) {
      several.forEach(text -> texts.add(String.valueOf(text)));
    }
    return texts;
  }
}
