package dev.serai.packs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values in what Camel says. */
class ValueMaskTest {

  @ParameterizedTest
  @CsvSource({
    "nohttp:h/services/T000/SECRETPATH?sig=SECRETSIG&a=1, nohttp://h/services/T000/SECRETPATH?a=1&sig=SECRETSIG",
    "hunter+SECRET, No charset hunter SECRET",
    "hunter+SECRET, No charset hunter%2BSECRET",
    "hunter%20SECRET, No charset hunter SECRET",
    "a SECRET/word, nohttp://a+SECRET%2Fword",
    "amqp:user:hunters@host, amqp://user:hunters@host",
    "http:h?key=hunters&b=2, http://h?b=2&key=hunters",
    "100%SECRET, 100%SECRET"
  })
  void nothing_of_an_address_is_left_that_may_be_secret(String value, String said) {
    assertThat(new ValueMask(Map.of("orders.hook", value)).masked(said))
        .contains("{{orders.hook}}")
        .doesNotContain("SECRET", "hunters");
  }

  @Test
  void a_secret_is_hidden_though_it_is_a_plain_word() {
    assertThat(new ValueMask(Map.of("orders.password", "log")).masked("no log"))
        .isEqualTo("no {{orders.password}}");
  }

  @Test
  void plain_words_and_numbers_stay_so_that_the_message_can_be_read() {
    assertThat(
            new ValueMask(Map.of("a.kind", "queue", "a.most", "10", "a.to", "log", "a.no", "false"))
                .masked("the queue has 10 log false"))
        .isEqualTo("the queue has 10 log false");
  }

  @Test
  void a_key_that_is_put_in_is_not_masked_itself() {
    assertThat(
            new ValueMask(Map.of("orders.hook", "http:orders.hook/x", "orders.two", "orders.hook"))
                .masked("http:orders.hook/x"))
        .isEqualTo("{{orders.hook}}");
  }
}
