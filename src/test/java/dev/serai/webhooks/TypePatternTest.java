package dev.serai.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypePatternTest {
  @ParameterizedTest
  @CsvSource({
    "#,a.b.c,true",
    "#,'',true",
    "order.*,order.paid,true",
    "order.*,order,false",
    "order.*,order.paid.twice,false",
    "order.#,order,true",
    "order.#,order.paid.twice,true",
    "#.paid,order.paid,true",
    "#.paid,paid,true",
    "#.paid,order.paid.twice,false",
    "a.#.b.#.c,a.x.b.b.c,true",
    "a.#.b.#.c,a.c,false",
    "a.*.#.z,a.z,false",
    "a.*.#.z,a.b.z,true",
    "order.paid,order.paid,true",
    "order.paid,order.Paid,false",
    "*,a,true",
    "*,a.b,false"
  })
  void matches_as_a_topic_exchange_does(String pattern, String type, boolean matches) {
    assertThat(TypePattern.anyMatches(List.of(new TypePattern(pattern)), type)).isEqualTo(matches);
  }
}
