package dev.serai.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.drawing.Diagram.Edge;
import dev.serai.drawing.Diagram.Kind;
import dev.serai.drawing.Diagram.Node;
import java.util.List;
import org.junit.jupiter.api.Test;

class MermaidTextTest {

  @Test
  void every_part_of_a_pack_is_a_node_of_its_shape() {
    assertThat(MermaidText.of(SmallPack.diagram()))
        .isEqualTo(
            """
            flowchart LR
              subgraph g1 ["shop"]
                direction LR
                n1(["POST /orders"]):::source
                n2{{"orders<br/>topic"}}:::exchange
                n3[("orders.pack<br/>retry after 5s, 1m")]:::queue
                n4[("orders.dead")]:::parking
                n5["shop-take-order<br/>answer-with-problem"]:::route
                n6["shop-pack-order<br/>retry-then-park"]:::route
                n7[["prices"]]:::bean
                n8[/"http:packer/orders"/]:::target
              end
              subgraph g2 ["shared/blocks"]
                direction LR
                n9["shared-park-message<br/>leave-to-caller"]:::route
                n10{{"as the message says<br/>any exchange"}}:::exchange
              end
              subgraph g3 ["shared/policies"]
                direction LR
                n11("retry-then-park"):::policy
              end
              n3 -.-> n4
              n2 -->|"order.#35;"| n3
              n1 --> n5
              n3 --> n6
              n9 --> n10
              n11 -.-> n9
              n5 -->|"order.new"| n2
              n5 --> n7
              n6 --> n8
              n6 --> n7
              classDef source fill:#e7f5ff,stroke:#1c7ed6,color:#0b2239
              classDef exchange fill:#fff3bf,stroke:#e67700,color:#3b2300
              classDef queue fill:#fff9db,stroke:#e67700,color:#3b2300
              classDef parking fill:#ffe3e3,stroke:#c92a2a,color:#3d0c0c
              classDef route fill:#ebfbee,stroke:#2b8a3e,color:#0d2b14
              classDef policy fill:#f8f9fa,stroke:#868e96,color:#212529
              classDef bean fill:#f3f0ff,stroke:#6741d9,color:#20124d
              classDef target fill:#f3f0ff,stroke:#6741d9,color:#20124d
            """);
  }

  @Test
  void no_label_can_be_taken_for_syntax() {
    Node from = new Node(Kind.ROUTE, "a]b", "", "<b>\"x\"</b> `y` #35; end", "1. *z*", "");
    Node to = new Node(Kind.QUEUE, "a]b", "", "- |pipe|; 100%", "", "");
    Diagram diagram = new Diagram(List.of(from, to), List.of(new Edge(from, to, "*.#", true)));

    assertThat(MermaidText.of(diagram))
        .startsWith(
            """
            flowchart LR
              subgraph g1 ["a#93;b"]
                direction LR
                n1["#60;b#62;#34;x#34;#60;/b#62; #96;y#96; #35;35#59; end<br/>#49;. #42;z#42;"]:::route
                n2[("#45; #124;pipe#124;#59; 100#37;")]:::queue
              end
              n1 -.->|"#42;.#35;"| n2
            """);
  }
}
