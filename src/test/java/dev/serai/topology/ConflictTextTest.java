package dev.serai.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConflictTextTest {

  @Test
  void names_the_queue_the_argument_both_values_and_what_to_do() {
    assertThat(
            ConflictText.explain(
                "orders",
                "PRECONDITION_FAILED - inequivalent arg 'x-message-ttl' for queue 'orders' in vhost '/':"
                    + " received the value '5000' of type 'signedint' but current is the value '7000' of type 'long'"))
        .isEqualTo(
            "topology-conflict: queue \"orders\" exists with another x-message-ttl: topology.yaml says 5000,"
                + " the broker has 7000; write the broker's value into topology.yaml, or delete the queue once"
                + " it is empty and restart");
  }

  @Test
  void says_none_when_one_side_has_no_such_argument() {
    assertThat(
            ConflictText.explain(
                "orders",
                "PRECONDITION_FAILED - inequivalent arg 'x-max-length' for queue 'orders' in vhost '/':"
                    + " received none but current is the value '7' of type 'long'"))
        .contains("topology.yaml says none, the broker has 7");
  }

  @Test
  void says_what_a_hash_exchange_needs() {
    for (String reply :
        new String[] {
          "COMMAND_INVALID - unknown exchange type 'x-consistent-hash'",
          "PRECONDITION_FAILED - invalid type 'x-consistent-hash' for exchange 'orders.hash' in vhost '/'"
        }) {
      assertThat(ConflictText.explain("orders.hash", reply))
          .startsWith("no-hash-exchange: exchange \"orders.hash\"")
          .contains("rabbitmq-plugins enable rabbitmq_consistent_hash_exchange");
    }
  }

  @Test
  void passes_on_what_it_does_not_know() {
    assertThat(ConflictText.explain("orders", "NOT_ALLOWED - no"))
        .contains("orders", "NOT_ALLOWED");
  }
}
