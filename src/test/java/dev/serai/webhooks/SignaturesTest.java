package dev.serai.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTest {
  private static final String SHARED = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String ASYMMETRIC =
      "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";
  private static final byte[] BODY = "{\"type\":\"view\",\"name\":\"Zoë\"}".getBytes(UTF_8);

  @ParameterizedTest // the published test vectors
  @CsvSource(
      delimiter = ' ',
      value = {
        SHARED + " v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        ASYMMETRIC
            + " v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg=="
      })
  void signs_the_published_vector(String secret, String signature) {
    byte[] body = "{\"test\": 2432232314}".getBytes(UTF_8);

    Map<String, String> headers =
        Signatures.headers(
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            Instant.ofEpochSecond(1_614_265_330, 999_000_000),
            body,
            List.of(Secret.parse(secret)));

    assertThat(headers)
        .containsOnly(
            Map.entry("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
            Map.entry("webhook-timestamp", "1614265330"),
            Map.entry("webhook-signature", signature));
  }

  @Test
  void the_reference_library_takes_a_message_signed_with_a_new_secret() throws Exception {
    Secret secret = Secret.generate();

    new Webhook(secret.text()).verify(text(), headers(secret));

    assertThatIllegalArgumentException() // it really compares
        .isThrownBy(() -> verify(Secret.generate(), headers(secret)))
        .withMessageContaining("No matching signature");
  }

  @Test
  void each_of_two_secrets_verifies_while_one_replaces_the_other() throws Exception {
    Secret before = Secret.generate();
    Secret after = Secret.generate();
    HttpHeaders headers = headers(after, before, Secret.parse(ASYMMETRIC));

    verify(before, headers);
    verify(after, headers);
  }

  @Test
  void an_id_with_a_dot_is_not_signed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Signatures.headers("msg_1.2", Instant.now(), BODY, List.of()))
        .withMessageContaining("msg_1.2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_",
        "whsec_c2hvcnQ=",
        "whsec_not base64",
        "whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        // the seed of one pair with the public half of none
        "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6KvQ=="
      })
  void refuses_what_is_no_secret_and_does_not_quote_it(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Secret.parse(text))
        .withMessageContaining("whsec_ and the Base64 of 24 to 64")
        .withMessageNotContaining("MfKQ9")
        .withMessageNotContaining("6Xb/d");
  }

  @Test
  void a_secret_is_written_as_it_was_read_but_never_by_chance() {
    Secret made = Secret.generate();

    assertThat(Secret.parse(made.text()).text()).isEqualTo(made.text()).startsWith("whsec_");
    assertThat(Secret.generate().text()).isNotEqualTo(made.text());
    assertThat(made).hasToString("whsec_…");
    assertThat(made.publicText()).isEmpty();
    assertThat(Secret.parse(ASYMMETRIC).publicText())
        .contains("whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=");
  }

  private static void verify(Secret secret, HttpHeaders headers) {
    try {
      new Webhook(secret.text()).verify(text(), headers);
    } catch (WebhookVerificationException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static HttpHeaders headers(Secret... secrets) {
    Map<String, String> headers =
        Signatures.headers("msg_1", Instant.now(), BODY, List.of(secrets));
    return HttpHeaders.of(
        headers.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> List.of(e.getValue()))),
        (name, value) -> true);
  }

  private static String text() {
    return new String(BODY, UTF_8);
  }
}
