package dev.serai.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.serai.egress.Egress;
import dev.serai.http.ProblemException;
import dev.serai.http.ProblemException.FieldError;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {
  private final Egress egress = new Egress(List.of(), 1); // never calls

  @Test
  void what_is_not_there_stays_as_it_is() throws Exception {
    Fields fields = fields("{}");
    URI url = URI.create("https://a.example/");

    assertThat(fields.url(url, egress)).isEqualTo(url);
    assertThat(fields.types(List.of("a"))).containsExactly("a");
    assertThat(fields.headers("headers", Map.of("a", "b"))).containsEntry("a", "b");
    assertThat(fields.schedule(List.of(Duration.ZERO))).containsExactly(Duration.ZERO);
    assertThat(fields.rateLimit(5)).isEqualTo(5);
    assertThat(fields.overlap(Duration.ofHours(1))).isEqualTo(Duration.ofHours(1));
    assertThatCode(fields::check).doesNotThrowAnyException();
  }

  @Test
  void null_takes_a_limit_and_a_schedule_away() throws Exception {
    Fields fields = fields("{\"rate_limit\":null,\"schedule\":null}");

    assertThat(fields.rateLimit(5)).isNull();
    assertThat(fields.schedule(List.of(Duration.ZERO))).isNull();
  }

  @Test
  void what_is_there_is_read() throws Exception {
    Fields fields =
        fields(
            "{\"rate_limit\":7,\"schedule\":[\"0s\",\"30d\"],\"types\":[\"a.*\",\"#\"],"
                + "\"headers\":{\"X-A\":\"1\"},\"overlap\":\"0s\"}");

    assertThat(fields.rateLimit(null)).isEqualTo(7);
    assertThat(fields.schedule(null)).containsExactly(Duration.ZERO, Duration.ofDays(30));
    assertThat(fields.types(List.of())).containsExactly("a.*", "#");
    assertThat(fields.headers("headers", Map.of())).containsExactly(Map.entry("x-a", "1"));
    assertThat(fields.overlap(Duration.ofDays(1))).isZero();
    assertThatCode(fields::check).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host",
        "content-type",
        "Content-Length",
        "Transfer-Encoding",
        "connection",
        "Expect",
        "Webhook-Id",
        "webhook-signature",
        "CE-Type"
      })
  void a_header_that_serai_makes_cannot_be_chosen(String name) throws Exception {
    Fields fields = fields("{\"auth\":{\"%s\":\"x\"}}".formatted(name));

    fields.headers("auth", Map.of());

    assertThat(errors(fields)).extracting(FieldError::pointer).containsExactly("#/auth/" + name);
  }

  @Test
  void all_that_is_wrong_is_told_at_once_and_no_secret_is_quoted() throws Exception {
    Fields fields =
        fields(
            "{\"url\":\"http://10.0.0.1/\",\"schedule\":[\"0s\",\"31d\"],\"secret\":\"whsec_top\","
                + "\"overlap\":\"31d\",\"headers\":{\"A\":\"1\",\"a\":\"2\"}}");

    fields.url(egress);
    fields.schedule(null);
    fields.secret();
    fields.overlap(Duration.ZERO);
    fields.headers("headers", Map.of());

    assertThat(errors(fields))
        .extracting(FieldError::pointer)
        .containsExactly("#/url", "#/schedule/1", "#/secret", "#/overlap", "#/headers/a");
    assertThat(errors(fields).toString()).doesNotContain("top");
  }

  private static Fields fields(String json) throws Exception {
    return new Fields(WebhookFixture.JSON.readTree(json));
  }

  private static List<FieldError> errors(Fields fields) {
    ProblemException problem = catchThrowableOfType(ProblemException.class, fields::check);
    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.code()).isEqualTo("bad-webhook");
    return problem.errors();
  }
}
