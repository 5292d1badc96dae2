package dev.serai.egress;

import static dev.serai.egress.Calls.addresses;
import static dev.serai.egress.Calls.answer;
import static dev.serai.egress.Calls.failure;
import static dev.serai.egress.Calls.post;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receivers with a certificate for hooks.example. */
class EgressTlsTest {
  private static final List<String> HERE = List.of("127.0.0.0/8");

  @TempDir static Path folder;
  private static PfxOptions keys;

  @BeforeAll
  static void makeCertificate() throws Exception {
    Path store = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                ("%s/bin/keytool -genkeypair -alias a -keyalg EC -dname CN=hooks.example"
                        + " -ext san=dns:hooks.example -storepass changeit -keystore %s")
                    .formatted(System.getProperty("java.home"), store)
                    .split(" "))
            .inheritIO()
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(keytool.exitValue()).isZero();
    keys = new PfxOptions().setPath(store.toString()).setPassword("changeit");
  }

  @Test
  void the_certificate_is_checked_against_the_name_while_the_call_goes_to_the_address()
      throws Exception {
    try (Receiver receiver = receiver(true);
        Egress egress = egress(Line.options().setTrustOptions(keys))) {
      EgressAnswer right = answer(egress.call(post(url("hooks.example", receiver))));
      EgressException wrong = failure(egress.call(post(url("other.example", receiver))));
      EgressException bare = failure(egress.call(post(url("127.0.0.1", receiver))));

      assertThat(right.body()).asString(UTF_8).isEqualTo("HTTP_2 hooks.example");
      assertThat(List.of(wrong.code(), bare.code())).containsOnly("tls");
      assertThat(wrong).hasMessageContaining("other.example");
      assertThat(receiver.requests).hasValue(1);
    }
  }

  @Test
  void a_certificate_that_nobody_vouches_for_is_refused() throws Exception {
    try (Receiver receiver = receiver(true);
        Egress egress = egress(Line.options())) {
      EgressException failure = failure(egress.call(post(url("hooks.example", receiver))));

      assertThat(failure.code()).isEqualTo("tls");
      assertThat(receiver.requests).hasValue(0);
    }
  }

  @Test
  void a_receiver_that_knows_only_the_older_protocol_is_called_with_it() throws Exception {
    try (Receiver receiver = receiver(false);
        Egress egress = egress(Line.options().setTrustOptions(keys))) {
      EgressAnswer answer = answer(egress.call(post(url("hooks.example", receiver))));

      assertThat(answer.body()).asString(UTF_8).isEqualTo("HTTP_1_1 hooks.example");
    }
  }

  @Test
  void one_connection_carries_many_calls_and_a_late_one_ends_alone() throws Exception {
    try (Receiver receiver = receiver(true);
        Egress egress = egress(Line.options().setTrustOptions(keys))) {
      String url = url("hooks.example", receiver);
      answer(egress.call(post(url)));
      EgressException late = failure(egress.call(post(url + "silent", Duration.ofMillis(200))));
      List<CompletableFuture<EgressAnswer>> calls =
          Stream.generate(() -> egress.call(post(url))).limit(50).toList();

      for (CompletableFuture<EgressAnswer> call : calls) {
        assertThat(answer(call).status()).isEqualTo(200);
      }
      assertThat(late.code()).isEqualTo("timeout");
      assertThat(receiver.connections).hasValue(1);
    }
  }

  private static Egress egress(HttpClientOptions options) {
    return new Egress(HERE, 300, options, loop -> addresses("127.0.0.1"));
  }

  private static String url(String host, Receiver receiver) {
    return "https://%s:%d/".formatted(host, receiver.port());
  }

  private static Receiver receiver(boolean alpn) throws Exception {
    HttpServerOptions options =
        new HttpServerOptions().setHost("127.0.0.1").setSsl(true).setUseAlpn(alpn);
    return new Receiver(
        options.setPort(0).setSni(true).setKeyCertOptions(keys), EgressTlsTest::say);
  }

  /** The version, and the name that was asked for in the handshake. */
  private static void say(HttpServerRequest request) {
    if (!request.path().equals("/silent")) {
      String name = request.connection().indicatedServerName();
      request.response().end(request.version() + " " + name);
    }
  }
}
