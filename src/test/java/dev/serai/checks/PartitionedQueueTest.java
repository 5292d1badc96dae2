package dev.serai.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.javadsl.JavaRoutes;
import dev.serai.topology.LoadedTopologies;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.StandardEnvironment;

/** What routes may do with a queue that has partitions; none that is shipped has. */
class PartitionedQueueTest {
  private static final String TOPOLOGY =
      """
      queues:
        orders:
          partitions: {key: customer}
      """;
  private static final String ROUTE =
      """
      - route:
          id: shop-take
          description: Takes an order.
          routeConfigurationId: leave-to-caller
          from:
            uri: %s
            parameters: %s
            steps:
              - log: taken
      - routeConfiguration:
          id: leave-to-caller
          description: Does nothing.
      """;

  @Test
  void is_not_consumed_past_its_partitions() {
    assertThat(
            problems(ROUTE.formatted("spring-rabbitmq", "{exchangeName: default, queues: orders}")))
        .contains("no-order: ", "write uri: ordered with the parameter queue: orders");
  }

  @Test
  void is_consumed_in_order() {
    assertThat(problems(ROUTE.formatted("ordered", "{queue: orders, window: 10}")))
        .doesNotContain("no-order", "no-partitions", "unknown-queue", "unknown-option");
  }

  @Test
  void that_is_not_there_or_an_option_that_is_not_is_named() {
    assertThat(problems(ROUTE.formatted("ordered", "{queue: order, windows: 10}")))
        .contains("unknown-queue: ", "write orders", "unknown-option: ");
  }

  private static String problems(String route) {
    StandardEnvironment values = new StandardEnvironment();
    Known known =
        Known.of(
            values,
            Set.of(),
            new LoadedTopologies(
                new TreeMap<>(Map.of("shop/topology.yaml", TOPOLOGY.getBytes(UTF_8))), values),
            Set.of());
    return new RouteChecks(known, JavaRoutes.inMemory())
        .check(
            new TreeMap<>(Map.of("shop/take.camel.yaml", route.getBytes(UTF_8))), Path.of("routes"))
        .toString();
  }
}
