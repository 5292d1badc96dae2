package dev.serai.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.drawing.Diagram.Node;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiagramTest {

  @Test
  void a_login_in_an_address_is_not_drawn() {
    assertThat(names(SmallPack.diagram())).contains("http:packer/orders");
    assertThat(SmallPack.diagram().toString()).doesNotContain("secret");
  }

  @Test
  void a_part_is_drawn_with_what_is_next_to_it() {
    Diagram part = SmallPack.diagram().around(node -> node.name().equals("orders.pack"));

    assertThat(names(part))
        .containsExactly("orders", "orders.pack", "orders.dead", "shop-pack-order");
  }

  @Test
  void groups_that_nothing_connects_are_apart() {
    assertThat(SmallPack.diagram().separated())
        .extracting(Diagram::groups)
        .containsExactlyInAnyOrder(List.of("shop"), List.of("shared/blocks", "shared/policies"));
  }

  @Test
  void what_leads_nowhere_is_drawn_as_it_is_written() {
    Diagram diagram =
        SmallPack.diagram(
            Map.of(
                "shop/call.camel.yaml",
                """
                - route:
                    id: shop-call
                    from:
                      uri: timer:tick
                      steps:
                        - to: direct:nowhere
                        - toD: "{{shop.address}}"
                """));

    assertThat(names(diagram)).contains("timer:tick", "direct:nowhere", "{{shop.address}}");
  }

  @Test
  void routes_made_of_a_template_and_kamelets_are_connected() {
    Diagram diagram =
        SmallPack.diagram(
            Map.of(
                "shop/places.camel.yaml",
                """
                - routeTemplate:
                    id: places
                    parameters:
                      - name: place
                      - name: next
                        defaultValue: south
                    from:
                      uri: direct:shop-{{place}}
                      steps:
                        - to: direct:shop-{{next}}
                        - to: kamelet:shop-stamp
                - templatedRoute:
                    routeTemplateRef: places
                    routeId: shop-north
                    parameters:
                      - name: place
                        value: north
                - route:
                    id: shop-south
                    from:
                      uri: direct:shop-south
                      steps:
                        - to: direct:shop-north
                """,
                "shop/stamp.kamelet.yaml",
                """
                apiVersion: camel.apache.org/v1
                kind: Kamelet
                metadata:
                  name: shop-stamp
                spec:
                  definition:
                    description: Stamps.
                  template:
                    from:
                      uri: kamelet:source
                      steps:
                        - bean:
                            ref: stamps
                        - to: kamelet:sink
                """));

    assertThat(names(diagram))
        .containsExactly(
            "orders",
            "orders.pack",
            "orders.dead",
            "shop-north",
            "shop-south",
            "shop-stamp",
            "stamps");
    assertThat(diagram.edges())
        .map(edge -> edge.from().name() + " " + edge.to().name())
        .contains("shop-north shop-south", "shop-south shop-north", "shop-north shop-stamp")
        .contains("shop-stamp stamps");
  }

  private static List<String> names(Diagram diagram) {
    return diagram.nodes().stream().map(Node::name).toList();
  }
}
