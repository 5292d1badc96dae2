package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmqpUrlTest {

  @ParameterizedTest
  @CsvSource({
    "amqp://broker,                      broker,       5672, /,        false",
    "amqp://broker/,                     broker,       5672, /,        false",
    "amqp://broker/%2F,                  broker,       5672, /,        false",
    "amqp://broker/%2f,                  broker,       5672, /,        false",
    "amqp://broker:5673/events,          broker,       5673, events,   false",
    "amqp://broker/a%2Fb,                broker,       5672, a/b,      false",
    "amqps://broker,                     broker,       5671, /,        true",
    "amqps://broker:5000/x,              broker,       5000, x,        true",
    "amqp://rabbit_mq:5672/,             rabbit_mq,    5672, /,        false",
    "amqp://192.168.1.12:5672/,          192.168.1.12, 5672, /,        false",
    "'amqp://[::1]:5672',                ::1,          5672, /,        false",
    "' amqp://broker ',                  broker,       5672, /,        false"
  })
  void names_host_port_virtual_host_and_encryption(
      String url, String host, int port, String virtualHost, boolean tls) {
    assertThat(AmqpUrl.parse(url).address())
        .isEqualTo(new BrokerSettings.Address(host, port, virtualHost, tls));
  }

  @Test
  void takes_escaped_characters_of_a_login() {
    AmqpUrl url = AmqpUrl.parse("amqp://del%40home:p%3Aa+s%2Fs@broker:5672/");

    assertThat(url.username()).isEqualTo("del@home");
    assertThat(url.password()).isEqualTo("p:a+s/s");
  }

  @Test
  void leaves_an_absent_login_open() {
    AmqpUrl url = AmqpUrl.parse("amqp://broker");

    assertThat(url.username()).isNull();
    assertThat(url.password()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "broker:5672",
        "http://me:secret@broker",
        "amqp://",
        "amqp:///events",
        "amqp://me:secret@broker:0",
        "amqp://me:secret@broker:65536",
        "amqp://me:secret@broker:port",
        "amqp://me:secret@broker/a/b",
        "amqp://me:secret@broker?heartbeat=10",
        "amqp://me:sec#secret@broker",
        "amqp://me:secret secret@broker"
      })
  void refuses_what_is_no_broker_and_never_quotes_it(String url) {
    assertThatThrownBy(() -> AmqpUrl.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("; write amqp://user:password@host:port/vhost")
        .hasMessageNotContaining("secret");
  }

  @Test
  void never_prints_a_login() {
    assertThat(AmqpUrl.parse("amqp://me:secret@broker").toString()).doesNotContain("secret", "me:");
  }
}
