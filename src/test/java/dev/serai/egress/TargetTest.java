package dev.serai.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  private final Egress all = new Egress(List.of("0.0.0.0/0", "::/0"), 1);
  private final Egress publicOnly = new Egress(List.of(), 1);

  @AfterEach
  void close() {
    all.close();
    publicOnly.close();
  }

  @ParameterizedTest // even where every address may be called
  @ValueSource(
      strings = {
        "ftp://hooks.example.com/",
        "file:///etc/passwd",
        "//hooks.example.com/",
        "/only/a/path",
        "mailto:a@example.com",
        "https://user@hooks.example.com/",
        "https://user:password@hooks.example.com/",
        "https://hooks.example.com:0/",
        "https://hooks.example.com:65536/",
        "https://hooks.example.com:/",
        "https://hooks.example.com./",
        "https:///no-host",
        "https://hooks_example.com/",
        "https://-hooks.example.com/",
        "http://2130706433/", // 127.0.0.1 as one number
        "http://0x7f000001/",
        "http://017700000001/",
        "http://0177.0.0.1/",
        "http://0x7f.0.0.1/",
        "http://127.1/",
        "http://127.0.1/",
        "http://127.0.0.01/",
        "http://127.0.0.256/",
        "http://127.0.0.1./",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[fe80::1%25eth0]/",
        "http://[fe80::1%eth0]/"
      })
  void refuses_what_hides_where_it_leads(String url) {
    assertThatExceptionOfType(RefusedTargetException.class)
        .isThrownBy(() -> all.check(parsed(url)))
        .withMessageNotContaining("password@");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/",
        "http://localhost:8080/",
        "http://LOCALHOST/",
        "http://app.localhost/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://0.0.0.0/",
        "http://[::1]/",
        "http://[::]/",
        "http://[::127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fd00::1]/"
      })
  void refuses_an_address_that_is_not_public_and_names_the_setting(String url) {
    assertThatExceptionOfType(RefusedTargetException.class)
        .isThrownBy(() -> publicOnly.check(parsed(url)))
        .withMessageContaining("serai.webhooks.egress-allow");
    assertThatCode(() -> all.check(parsed(url))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "https://hooks.example.com, true, hooks.example.com, 443, /",
    "http://Hooks.Example.com:8080/a%20b?c=d%26e, false, hooks.example.com, 8080, /a%20b?c=d%26e",
    "HTTPS://xn--bcher-kva.example/#part, true, xn--bcher-kva.example, 443, /",
    "https://example.com?q, true, example.com, 443, /?q",
    "https://example.com/ä, true, example.com, 443, /%C3%A4",
    "http://1.1.1.1:65535/, false, 1.1.1.1, 65535, /",
    "http://app/, false, app, 80, /",
    "'http://[2606:4700::1111]/x', false, '[2606:4700::1111]', 80, /x"
  })
  void reads_where_a_url_leads(String url, boolean tls, String host, int port, String path)
      throws Exception {
    publicOnly.check(parsed(url));

    assertThat(Target.of(parsed(url))).isEqualTo(new Target(tls, host, port, path));
  }

  @Test
  void a_name_that_does_not_exist_is_found_out_when_it_is_called() {
    assertThatCode(() -> publicOnly.check(URI.create("https://nobody.invalid/")))
        .doesNotThrowAnyException();
  }

  private static URI parsed(String url) {
    return URI.create(url);
  }
}
