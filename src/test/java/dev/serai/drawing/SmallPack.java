package dev.serai.drawing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serai.checks.Wiring;
import dev.serai.javadsl.JavaRoutes;
import dev.serai.topology.LoadedTopologies;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.core.env.StandardEnvironment;

/** A pack with one of each kind of node. */
final class SmallPack {
  static final Map<String, String> ROUTES =
      Map.of(
          "shop/orders.camel.yaml",
          """
          - rest:
              path: /orders
              post:
                - routeId: shop-post-order
                  to: direct:shop-take-order

          - route:
              id: shop-take-order
              description: Takes an order.
              routeConfigurationId: answer-with-problem
              from:
                uri: direct:shop-take-order
                steps:
                  - setBody:
                      method:
                        ref: prices
                        method: of
                  - to:
                      id: shop-publish-order
                      uri: spring-rabbitmq
                      parameters:
                        exchangeName: orders
                        routingKey: order.new
          """,
          "shop/pack-order.camel.yaml",
          """
          - route:
              id: shop-pack-order
              description: Packs <each> "order".
              routeConfigurationId: retry-then-park
              from:
                uri: spring-rabbitmq
                parameters:
                  exchangeName: orders
                  queues: orders.pack
                steps:
                  - bean:
                      ref: prices
                      method: check
                  - to:
                      id: shop-call-packer
                      uri: http:me:secret@secret@packer/orders?key=secret
          """,
          "shared/policies/retry-then-park.camel.yaml",
          """
          - routeConfiguration:
              id: retry-then-park
              onException:
                - onException:
                    exception:
                      - java.lang.Exception
                    steps:
                      - to: direct:shared-park-message
          """,
          "shared/blocks/park-message.camel.yaml",
          """
          - route:
              id: shared-park-message
              description: Parks.
              routeConfigurationId: leave-to-caller
              from:
                uri: direct:shared-park-message
                steps:
                  - to:
                      id: shared-send
                      uri: spring-rabbitmq
                      parameters:
                        exchangeName: default
          """);

  static final String TOPOLOGY =
      """
      exchanges:
        orders:
          type: topic
      queues:
        orders.pack:
          retry: [5s, 1m]
          park: orders.dead
          bindings:
            - exchange: orders
              key: order.#
        orders.dead:
      """;

  private SmallPack() {}

  static Diagram diagram() {
    return diagram(ROUTES);
  }

  static Diagram diagram(Map<String, String> texts) {
    SortedMap<String, byte[]> routes = new TreeMap<>();
    texts.forEach((path, text) -> routes.put(path, text.getBytes(UTF_8)));
    SortedMap<String, byte[]> topologies =
        new TreeMap<>(Map.of("shop/topology.yaml", TOPOLOGY.getBytes(UTF_8)));
    return Diagram.of(
        Wiring.of(routes, Path.of("routes"), JavaRoutes.inMemory()),
        new LoadedTopologies(topologies, new StandardEnvironment()));
  }
}
