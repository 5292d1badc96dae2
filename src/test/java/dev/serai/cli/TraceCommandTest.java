package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TraceCommandTest extends CommandsFixture {
  @Test
  void draws_the_tree_with_what_happened_to_each_event() {
    answer(
        200,
        """
        {"id":"e2","complete":true,"events":[
          {"id":"e1","known":true,"depth":0,"parents":[],"type":"a.begun","time":"T1","webhooks":[],
           "steps":[{"what":"published","time":"T1","exchange":"x","routing_key":"a.begun"}]},
          {"id":"e2","known":true,"depth":1,"parents":["e1"],"type":"b","time":"T2",
           "steps":[{"what":"retried","time":"T3","queue":"q","route":"r","attempt":1,"error":"no\\u001b[2J"},
                    {"what":"parked","time":"T4","queue":"q","attempt":2}],
           "webhooks":[{"webhook":"w1","state":"failed","attempts":[{"time":"T5","status":500}]}]},
          {"id":"e3","known":true,"depth":2,"parents":["e2","e1"],"type":"c","time":"T6","steps":[],"webhooks":[]},
          {"id":"e4","known":false,"depth":1,"parents":[],"children":[]}]}""");

    int code = execute(List.of("trace", "e2", "--port", "" + port()));

    assertThat(code).isZero();
    assertThat(requests).containsExactly("GET /trace/e2 ");
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(
            """
            e1  a.begun  T1
            │    published T1  to x  key a.begun
            ├─ e2  b  T2
            │  │    retried   T3  queue q  route r  attempt 1  no·[2J
            │  │    parked    T4  queue q  attempt 2
            │  │    webhook   w1  failed
            │  │      attempt T5  status 500
            │  └─ e3  c  T6  also from e2, e1
            └─ e4  (not known here)
            """);
  }

  @Test
  void says_that_there_is_more() {
    answer(200, "{\"id\":\"e1\",\"complete\":false,\"events\":[{\"id\":\"e1\",\"depth\":0}]}");

    execute(List.of("trace", "e1", "--part", "ancestors", "--port", "" + port()));

    assertThat(requests).containsExactly("GET /trace/e1?part=ancestors ");
    assertThat(out.toString()).contains("the chain is longer than is shown");
  }

  @Test
  void an_event_that_nobody_knows_is_said_in_a_line() {
    answer(404, "{\"code\":\"unknown-trace\",\"detail\":\"No event is known by this id.\"}");

    assertThat(execute(List.of("trace", "e9", "--port", "" + port()))).isOne();
    assertThat(err.toString()).isEqualTo("serai: unknown-trace: No event is known by this id.\n");
  }
}
