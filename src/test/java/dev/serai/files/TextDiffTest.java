package dev.serai.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextDiffTest {
  private static final String VALUES = "config/shop.yaml";
  private static final String ROUTES = "routes/shop/greet.camel.yaml";

  @Test
  void the_same_bytes_do_not_differ() {
    assertThat(diff(VALUES, "a: 1\n", "a: 1\n")).isEmpty();
  }

  @Test
  void a_changed_line_stands_between_those_around_it() {
    assertThat(diff(VALUES, "a: 1\nb: 2\nc: 3\n", "a: 1\nb: 4\nc: 3\n"))
        .isEqualTo(
            """
            --- config/shop.yaml\tlive
            +++ config/shop.yaml\ton disk
            @@ -1,3 +1,3 @@
             a: 1
            -b: 2
            +b: 4
             c: 3
            """);
  }

  @Test
  void a_missing_end_of_the_last_line_is_a_difference() {
    assertThat(diff(VALUES, "a: 1\n", "a: 1"))
        .endsWith("-a: 1\n+a: 1\n\\ No newline at end of file\n");
  }

  @Test
  void the_end_of_a_windows_line_is_visible_and_nothing_steers_the_terminal() {
    assertThat(diff(VALUES, "a: 1\n", "a: 1\r\n")).endsWith("-a: 1\n+a: 1^M\n");
    assertThat(diff(VALUES, "", "a: \u001b[31m\u009b\n")).endsWith("+a: ^[[31m^?\n");
  }

  @Test
  void what_is_no_text_is_not_shown() {
    assertThat(TextDiff.of(ROUTES, new byte[] {(byte) 0xff}, new byte[0]))
        .isEqualTo(ROUTES + " is no text\n");
    assertThat(TextDiff.of(ROUTES, null, new byte[] {0})).isEqualTo(ROUTES + " is no text\n");
  }

  @Test
  void a_long_file_is_not_compared_for_ever() {
    String one = "- x\n".repeat(5000);
    String other = "- y\n".repeat(5000);

    assertThat(assertTimeoutPreemptively(Duration.ofSeconds(10), () -> diff(ROUTES, one, other)))
        .contains("+- y\n");
    assertThat(diff(ROUTES, one + "- x\n", other)).contains("more than 5000 lines");
    String line = "a".repeat(500_000) + " ".repeat(500_000);
    assertThat(assertTimeoutPreemptively(Duration.ofSeconds(10), () -> diff(ROUTES, "", line)))
        .contains("aaa");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop:\n  password: %s\n",
        "shop:\n  \"neo4j-password\": \"%s\" # of the graph\n",
        "shop.api-key: %s\n",
        "shop:\n  signing:\n    key: %s\n",
        "shop: {user: me, token: %s, host: there}\n",
        "shop:\n  client-secret: |\n    first line\n\n    %s\n  other: 1\n",
        "shop:\n  secrets:\n    db: %s\n",
        "shop:\n  tokens-secret:\n  - one\n  - %s\n",
        "# password: %s\n",
        "shop:\n  password: ${PASSWORD:%s}\n",
        "shop:\n  address: amqp://me:%s@host/vhost\n",
        "shop:\n  address: https://host/?apiKey=%s\n",
        "shop:\n  password: \"%s\n  broken: [\n"
      })
  void a_secret_is_never_shown_but_that_it_is_another(String text) {
    String diff = diff(VALUES, text.formatted("opensesame"), text.formatted("simsalabim"));

    assertThat(diff).doesNotContain("opensesame", "simsalabim");
    assertThat(diff).contains("****** (live)", "****** (on disk)");
    assertThat(diff(VALUES, text.formatted("opensesame"), "x: 1\n" + text.formatted("opensesame")))
        .contains("******")
        .doesNotContain("opensesame", "(live)", "(on disk)");
  }

  @Test
  void two_secrets_that_have_changed_places_differ() {
    String text = "a:\n  password: %s\nb:\n  password: %s\n";

    assertThat(diff(VALUES, text.formatted("one", "two"), text.formatted("two", "one")))
        .contains("-  password: ****** (live)\n+  password: ****** (on disk)\n");
  }

  @Test
  void what_is_no_secret_is_shown() {
    String text =
        """
        shop:
          password: ${SHOP_PASSWORD:}
          routing-key: user.event
          address: http://host:8080/a@b
          after: 1
        """;
    assertThat(diff(VALUES, "", text)).contains("+" + text.strip().replace("\n", "\n+"));
    assertThat(diff(ROUTES, "", "key: user.event\napiKey: \"{{shop.key}}\"\ntokenize: x\n"))
        .endsWith("+key: user.event\n+apiKey: \"{{shop.key}}\"\n+tokenize: x\n");
  }

  private static String diff(String path, String live, String disk) {
    return TextDiff.of(path, live.getBytes(UTF_8), disk.getBytes(UTF_8));
  }
}
