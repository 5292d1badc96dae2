package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.broker.Transport.Mode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TransportChoiceTest {

  @Test
  void nothing_configured_means_embedded() {
    assertThat(choose("auto", Map.of()))
        .isEqualTo(
            new TransportChoice(
                Mode.EMBEDDED,
                "no RabbitMQ is configured; set RABBITMQ_HOST or RABBITMQ_URI to use one"));
  }

  @Test
  void rabbitmq_on_localhost_counts() {
    assertThat(choose("auto", Map.of("RABBITMQ_HOST", "localhost")))
        .isEqualTo(new TransportChoice(Mode.RABBITMQ, "RABBITMQ_HOST is set"));
    assertThat(choose("auto", Map.of("RABBIT_URL", "amqp://localhost")))
        .isEqualTo(new TransportChoice(Mode.RABBITMQ, "RABBIT_URL is set"));
    assertThat(choose("auto", Map.of("serai.broker.host", "localhost")).mode())
        .isEqualTo(Mode.RABBITMQ);
  }

  @Test
  void conduits_localhost_means_development() {
    assertThat(choose("auto", Map.of("CONDUITLLM__RABBITMQ__HOST", "localhost")))
        .isEqualTo(
            new TransportChoice(
                Mode.EMBEDDED,
                "CONDUITLLM__RABBITMQ__HOST is localhost; set RABBITMQ_HOST to use RabbitMQ there"));
  }

  @Test
  void conduits_other_hosts_count() {
    assertThat(choose("auto", Map.of("CONDUITLLM__RABBITMQ__HOST", "rabbitmq")))
        .isEqualTo(
            new TransportChoice(
                Mode.RABBITMQ, "CONDUITLLM__RABBITMQ__HOST is set and not localhost"));
  }

  @Test
  void conduits_localhost_does_not_hide_another_host() {
    Map<String, String> both =
        Map.of("CONDUITLLM__RABBITMQ__HOST", "localhost", "RABBITMQ_HOST", "broker");

    assertThat(choose("auto", both).reason()).isEqualTo("RABBITMQ_HOST is set");
  }

  @Test
  void a_port_alone_configures_nothing() {
    assertThat(choose("auto", Map.of("RABBITMQ_PORT", "5672")).mode()).isEqualTo(Mode.EMBEDDED);
  }

  @Test
  void the_mode_decides_when_it_is_written() {
    assertThat(choose("embedded", Map.of("RABBITMQ_HOST", "broker")))
        .isEqualTo(new TransportChoice(Mode.EMBEDDED, "serai.broker.mode is embedded"));
    assertThat(choose("rabbitmq", Map.of()))
        .isEqualTo(new TransportChoice(Mode.RABBITMQ, "serai.broker.mode is rabbitmq"));
  }

  @Test
  void another_mode_is_refused() {
    assertThatThrownBy(() -> choose("kafka", Map.of()))
        .hasMessage("serai.broker.mode is \"kafka\"; write auto, embedded or rabbitmq");
  }

  @Test
  void the_start_up_line_has_the_seeds_form_and_the_reason() {
    assertThat(
            new Transport(Mode.RABBITMQ, "RABBITMQ_HOST is set", "rabbitmq", 5672).announcement())
        .isEqualTo(
            "[Serai] Event bus configured with RabbitMQ transport (multi-instance mode)"
                + " - Host: rabbitmq:5672 (RABBITMQ_HOST is set)");
    assertThat(new Transport(Mode.EMBEDDED, "no RabbitMQ", "127.0.0.1", 1).announcement())
        .isEqualTo(
            "[Serai] Event bus configured with embedded transport (single-instance mode)"
                + " - no RabbitMQ");
  }

  private static TransportChoice choose(String mode, Map<String, String> given) {
    return TransportChoice.choose(
        mode,
        BrokerSource.all(
            given::get,
            problem -> {
              throw new AssertionError(problem);
            }));
  }

  @Test
  void sources_are_tried_in_the_documented_order() {
    assertThat(
            BrokerSource.all(
                Map.of("RABBITMQ_URI", "amqp://a", "RABBIT_URL", "amqp://b")::get, x -> {}))
        .extracting(BrokerSource::name)
        .isEqualTo(
            List.of(
                "serai.broker.host",
                "RABBITMQ_URI",
                "RABBIT_URL",
                "RABBITMQ_HOST",
                "CONDUITLLM__RABBITMQ__HOST"));
  }
}
