package dev.serai.routetests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a test of a route can rely on, tried on routes of a few lines. */
class PromisesTest {
  private static final String FILE = "orders.test.yaml";

  @TempDir private Path folder;
  private ShopPack pack;

  @BeforeEach
  void write_the_pack() throws IOException {
    pack = ShopPack.in(folder);
  }

  /** Runs a test of a route with these steps and the policy leave-to-caller. */
  private TestResult run(String from, String steps, String test) {
    route(from, steps, test);
    return RouteTests.runAll(pack.tests(FILE).tests()).get(0);
  }

  private void route(String from, String steps, String test) {
    pack.with(
            "orders.camel.yaml",
            """
            - route:
                id: shop-orders
                description: For a test.
                routeConfigurationId: leave-to-caller
                from:
                  uri: %s
                  steps:
            """
                    .formatted(from)
                + steps.indent(8))
        .with(FILE, "tests:\n  a test:\n" + test.indent(4));
  }

  private static void assertGood(TestResult result) {
    assertThat(result.isGood()).as("%s", result).isTrue();
  }

  @Test
  void a_kamelet_is_real_and_its_failure_is_that_of_the_route() {
    pack.with(
        "add-tax.kamelet.yaml",
        """
        apiVersion: camel.apache.org/v1
        kind: Kamelet
        metadata: {name: shop-add-tax}
        spec:
          definition: {title: Tax, description: Adds it., properties: {rate: {type: string}}}
          template:
            from:
              uri: kamelet:source
              steps:
                - setBody: {simple: "${body} and {{rate}}"}
                - to: http:tax
        """);
    assertGood(
        run(
            "direct:shop-orders",
            "- to: {uri: kamelet:shop-add-tax, parameters: {rate: 7}}",
            """
            send: {body: ten}
            given: {endpoints: {"http:tax": {}}}
            expect: {body: ten and 7, calls: {"http:tax": [{body: ten and 7}]}}
            """));
    assertGood(
        run(
            "direct:shop-orders",
            "- to: {uri: kamelet:shop-add-tax, parameters: {rate: 7}}",
            """
            send: {body: ten}
            given: {endpoints: {"http:tax": {fail: IllegalStateException}}}
            expect: {fails: IllegalStateException, calls: {"http:tax": 1}}
            """));
  }

  @Test
  void a_route_can_be_given_another_policy() {
    String steps =
        "- throwException: {exceptionType: java.lang.IllegalStateException, message: 'né 😀'}";
    String test = "given: {%s}\nsend: {}\nexpect: {%s}\n";

    assertGood(
        run(
            "direct:shop-orders",
            steps,
            test.formatted("", "fails: {IllegalStateException: 'né 😀'}")));
    assertGood(
        run(
            "direct:shop-orders",
            steps,
            test.formatted("policy: answer-with-problem", "body: {code: internal}")));
  }

  @Test
  void a_route_in_java_keeps_its_policy() {
    pack.with(
        "TakeOrder.java",
        """
        import org.apache.camel.builder.RouteBuilder;

        public class TakeOrder extends RouteBuilder {
          @Override
          public void configure() {
            from("direct:shop-take").id("shop-take").routeConfigurationId("leave-to-caller").to("log:x");
          }
        }
        """);
    pack.with(
        "take-order.test.yaml",
        """
        tests:
          a test:
            given: {policy: park-at-once}
            send: {}
            expect: {}
        """);

    assertThat(pack.tests("take-order.test.yaml").problems())
        .extracting(pack::plain)
        .containsExactly(
            """
            wrong-value: routes/shop/take-order.test.yaml:3:21
              a route in Java keeps its policy; send to a route that is in YAML""");
  }

  @Test
  void a_timer_does_nothing_until_the_test_sends() {
    assertGood(
        run(
            "timer:often?period=1",
            "- to: file:log",
            """
            given: {endpoints: {"file:log": {}}}
            send: {body: tick}
            expect: {calls: {"file:log": [{body: tick}]}}
            """));
  }

  @Test
  void what_a_step_fetches_is_an_answer_of_the_test() {
    assertGood(
        run(
            "direct:shop-orders",
            "- pollEnrich: {constant: 'file:inbox', timeout: 1000}",
            """
            given: {endpoints: {"file:inbox": {body: letter}}}
            send: {}
            expect: {body: letter, calls: {"file:inbox": 1}}
            """));
  }

  @Test
  void what_a_route_does_not_wait_for_is_seen_too() {
    assertGood(
        run(
            "direct:shop-orders",
            "- wireTap: {uri: 'file:copy'}",
            """
            given: {endpoints: {"file:copy": {delay: 200ms}}}
            send: {body: one}
            expect: {calls: {"file:copy": [{body: one}]}}
            """));
  }

  @Test
  void answers_come_call_by_call_and_the_last_again() {
    assertGood(
        run(
            "direct:shop-orders",
            "- enrich: {constant: 'https:a'}\n- enrich: {constant: 'https:a'}\n"
                + "- enrich: {constant: 'https:a'}",
            """
            given: {endpoints: {"https:a": [{body: one}, {body: two}]}}
            send: {}
            expect: {body: two, calls: {"https:a": 3}}
            """));
  }

  @Test
  void a_message_to_an_exchange_of_no_topology_fails_as_on_the_broker() {
    assertGood(
        run(
            "direct:shop-orders",
            "- to: spring-rabbitmq:nowhere",
            """
            send: {body: one}
            expect:
              fails: {UnknownExchangeException: {contains: nowhere}}
              calls: {"spring-rabbitmq:nowhere": 1}
            """));
  }

  @Test
  void a_message_that_no_queue_wants_fails_as_on_the_broker() {
    assertGood(
        run(
            "direct:shop-orders",
            "- to: spring-rabbitmq:orders?routingKey=other.thing",
            """
            send: {body: one}
            expect:
              fails: UnroutableException
              calls: {"spring-rabbitmq:orders": 1}
            """));
  }

  @Test
  void the_environment_changes_no_value() {
    assertGood(
        run(
            "direct:shop-orders",
            "- setBody: {simple: '{{shop.bank}} ${properties:user.home:none}'}",
            "send: {}\nexpect: {body: 'https://bank.example/charge none'}"));
  }

  @Test
  void a_route_that_cannot_be_made_is_a_failed_test_with_the_reason() {
    TestResult result =
        run("direct:shop-orders", "- log: '${body'", "send: {body: one}\nexpect: {}");

    assertThat(result.isGood()).isFalse();
    assertThat(result.toString())
        .contains("it could not be run (./serai check may say more): ")
        .contains("because: ")
        .contains("${body");
  }

  @Test
  void a_route_that_does_not_end_is_given_up() {
    route(
        "direct:shop-orders",
        "- loop: {doWhile: true, simple: '${body} != null', steps: [{setBody: {constant: x}}]}",
        "send: {body: one}\nexpect: {}");
    RouteTests tests =
        new RouteTests(folder.resolve("routes"), folder.resolve("config"), Duration.ofSeconds(2));

    List<TestResult> results =
        tests.all().stream()
            .filter(file -> file.path().endsWith(FILE))
            .flatMap(file -> file.tests().stream())
            .map(RouteTests.NamedTest::run)
            .toList();

    assertThat(results).singleElement().asString().contains("it did not end within 2 s");
  }

  @Test
  void a_test_that_goes_past_its_route_fails() {
    route(
        "direct:shop-orders",
        "- log: done",
        "send: {queue: orders.charge}\nexpect: {others: ignored}");
    pack.with(
        FILE,
        "tests:\n  a test:\n    send: {queue: orders.charge}\n"
            + "    given: {endpoints: {'https:bank.example/charge': {}}}\n"
            + "    expect: {others: ignored}");

    assertThat(RouteTests.runAll(pack.tests(FILE).tests()).get(0).toString())
        .contains("- a route of shop/orders.camel.yaml is used", "+ only [shop-charge-order]");
  }

  @Test
  void headers_are_alike_in_any_case_and_as_texts() {
    assertGood(
        run(
            "direct:shop-orders",
            "- setHeader: {name: Count, constant: 7}\n- to: https:a.example/b",
            """
            given: {endpoints: {"https:a.example/b": {}}}
            send: {body: one}
            expect:
              headers: {count: 7}
              calls: {"https:a.example/b": [{headers: {COUNT: 7}}]}
            """));
  }

  @Test
  void an_object_may_have_a_field_named_like_a_description() {
    assertGood(
        run(
            "direct:shop-orders",
            "- setBody: {constant: '{\"any\":{\"contains\":1}}'}",
            "send: {}\nexpect: {body: {exactly: {any: {exactly: {contains: 1}}}}}"));
  }

  @Test
  void a_topic_key_fits_as_on_the_broker() {
    assertThat(TopicKey.matches("order.*", "order.new")).isTrue();
    assertThat(TopicKey.matches("order.*", "order.new.fast")).isFalse();
    assertThat(TopicKey.matches("order.#", "order")).isTrue();
    assertThat(TopicKey.matches("#", "")).isTrue();
    assertThat(TopicKey.matches("#.new", "order.new")).isTrue();
    assertThat(TopicKey.matches("*.new", "new")).isFalse();
  }
}
