package dev.serai.bloodbank;

import static dev.serai.bloodbank.Bus.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.support.TestRedis;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Serai that keeps its chains in Redis, as the seed does. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
class ChainsInRedisIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private TestRedis redis;
  private Bus bus;

  @BeforeAll
  void start(@TempDir Path folder) {
    redis = TestRedis.start();
    bus =
        new Bus(
            folder,
            Map.of(
                "serai.broker.mode",
                "embedded",
                "serai.broker.embedded.durable",
                "false",
                "correlation.store",
                "redis",
                "REDIS_HOST",
                "127.0.0.1",
                "REDIS_PORT",
                Integer.toString(redis.port())));
  }

  @AfterAll
  void stop() {
    bus.close();
    redis.close();
  }

  @Test
  void answers_the_tree_and_takes_events_while_redis_is_away() throws Exception {
    bus.publish("redis.test.one", "{\"event_id\":\"r1\",\"payload\":{}}");
    bus.publish(
        "redis.test.two", "{\"event_id\":\"r2\",\"payload\":{},\"parent_event_ids\":[\"r1\"]}");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(json(bus.get("/trace/r1")).at("/events/1/steps")).hasSize(1));
    JsonNode trace = json(bus.get("/trace/r2"));
    assertThat(trace.path("correlation_id").asText()).isEqualTo("r1");
    assertThat(trace.at("/events/1/parents/0").asText()).isEqualTo("r1");
    assertThat(up()).isEqualTo(1);
    MeterRegistry meters = bus.serai().bean(MeterRegistry.class);
    assertThat(meters.get("serai.correlation.chains").counter().count()).isEqualTo(1);
    assertThat(meters.get("serai.correlation.lookup").timer().count()).isPositive();

    redis.close();
    bus.publish(
        "redis.test.two", "{\"event_id\":\"r3\",\"payload\":{},\"parent_event_ids\":[\"r2\"]}");

    assertThat(bus.get("/trace/r1").statusCode()).isEqualTo(503);
    assertThat(up()).isZero();
    redis.restart(); // empty
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(json(bus.get("/trace/r3")).at("/events/1/steps")).hasSize(1));
    assertThat(up()).isEqualTo(1);
  }

  private double up() {
    return bus.serai()
        .bean(MeterRegistry.class)
        .get("serai.correlation.store.up")
        .tag("store", "redis")
        .gauge()
        .value();
  }
}
