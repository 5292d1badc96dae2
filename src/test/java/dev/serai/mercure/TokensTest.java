package dev.serai.mercure;

import static dev.serai.mercure.TestTokens.SECRET;
import static dev.serai.mercure.TestTokens.claims;
import static dev.serai.mercure.TestTokens.detail;
import static dev.serai.mercure.TestTokens.detailed;
import static dev.serai.mercure.TestTokens.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.serai.hub.TopicSelectors;
import dev.serai.mercure.Tokens.BadTokenException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
  private static final JWTClaimsSet EVERYTHING = claims(List.of("*"), List.of("*")).build();

  private final Tokens tokens =
      new Tokens(
          TestTokens.settings(false),
          new Claims(new TopicSelectors(TestTokens.HUB)),
          Clock.systemUTC());

  private Grants read(String token) throws BadTokenException {
    return tokens.read(key("HS256", SECRET), token, false);
  }

  private static @Nullable SigningKey key(String algorithm, String key) {
    return SigningKey.of("serai.mercure.publisher", new MercureSettings.Side(key, algorithm));
  }

  @Test
  void the_claim_mercure_names_topics_templates_and_all() throws Exception {
    Grants grants =
        read(
            signed(
                claims(List.of("https://example.com/books/{id}", "plain"), List.of("*"))
                    .subject("me")
                    .build()));

    assertThat(grants.mayPublish(List.of("https://example.com/books/1", "plain"))).isTrue();
    assertThat(grants.mayPublish(List.of("https://example.com/books/1", "other"))).isFalse();
    assertThat(grants.mayRead(List.of("anything"))).isTrue();
    assertThat(grants.subject()).isEqualTo("me");
    assertThat(grants.expires()).isNull();
  }

  @Test
  void a_token_without_the_claim_gives_nothing() throws Exception {
    Grants grants = read(signed(new JWTClaimsSet.Builder().subject("me").build()));

    assertThat(grants.mayPublish(List.of("x"))).isFalse();
    assertThat(grants.mayRead(List.of("x"))).isFalse();
  }

  @Test
  void authorization_details_name_topics_and_patterns() throws Exception {
    Grants grants =
        read(
            signed(
                detailed(
                        detail(
                            List.of("subscribe", "dance"),
                            Map.of("match", "/books/:id", "match_type", "urlpattern")),
                        detail(List.of("publish"), Map.of("match", "plain")),
                        Map.of("type", "something else"))
                    .build(),
                JWSAlgorithm.HS256,
                "at+jwt",
                SECRET));

    assertThat(grants.mayRead(List.of("https://hub.example.com/books/1"))).isTrue();
    assertThat(grants.mayRead(List.of("https://example.com/books/1"))).isFalse();
    assertThat(grants.mayPublish(List.of("plain"))).isTrue();
    assertThat(grants.mayPublish(List.of("/books/1"))).isFalse();
    assertThat(grants.expires()).isAfter(Instant.now());
  }

  @Test
  void one_detail_that_is_wrong_refuses_the_whole_token() {
    for (Object wrong :
        List.of(
            Map.of("match", "x", "match_type", "regexp"),
            Map.of("match", "/:a/:a", "match_type", "urlpattern"),
            Map.of("match", ""),
            Map.of("topic", "x"),
            "x")) {
      String token =
          signed(detailed(detail(List.of("publish"), Map.of("match", "a"), wrong)).build());
      assertThatThrownBy(() -> read(token)).as("%s", wrong).isInstanceOf(BadTokenException.class);
    }
  }

  @Test
  void authorization_details_need_an_audience_an_issuer_an_end_and_no_address() {
    Map<String, Object> detail = detail(List.of("publish"), Map.of("match", "a"));
    for (JWTClaimsSet wrong :
        List.of(
            detailed(detail).audience("https://other.example.com/").build(),
            detailed(detail).issuer("https://other.example.com").build(),
            detailed(detail).expirationTime(null).build())) {
      assertThatThrownBy(() -> read(signed(wrong))).isInstanceOf(BadTokenException.class);
    }
    String good = signed(detailed(detail).build());
    assertThatThrownBy(() -> tokens.read(key("HS256", SECRET), good, true))
        .hasMessageContaining("address");
  }

  @Test
  void its_times_count() {
    Date before = Date.from(Instant.now().minusSeconds(1));
    Date later = Date.from(Instant.now().plusSeconds(60));
    for (JWTClaimsSet.Builder wrong :
        List.of(
            claims(List.of("*"), List.of()).expirationTime(before),
            claims(List.of("*"), List.of()).notBeforeTime(later),
            claims(List.of("*"), List.of()).issueTime(later))) {
      assertThatThrownBy(() -> read(signed(wrong.build()))).isInstanceOf(BadTokenException.class);
    }
  }

  @Test
  void only_the_key_and_the_algorithm_of_the_hub_count() throws Exception {
    String other = "another secret that is as long as the one of the hub";
    String long512 = SECRET + SECRET;
    for (String wrong :
        List.of(
            new PlainJWT(EVERYTHING).serialize(),
            signed(EVERYTHING, JWSAlgorithm.HS256, "JWT", other),
            signed(EVERYTHING, JWSAlgorithm.HS512, "JWT", long512),
            signed(EVERYTHING, JWSAlgorithm.HS256, "secevent+jwt", SECRET))) {
      assertThatThrownBy(() -> read(wrong)).as(wrong).isInstanceOf(BadTokenException.class);
    }
    assertThatThrownBy(() -> tokens.read(null, signed(EVERYTHING), false))
        .hasMessageContaining("no key");
  }

  @Test
  void a_public_key_is_no_secret() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    String pem = pem(pair);
    String forged = signed(EVERYTHING, JWSAlgorithm.HS256, "JWT", pem);
    SignedJWT good = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), EVERYTHING);
    good.sign(new RSASSASigner(pair.getPrivate()));

    assertThat(tokens.read(key("RS256", pem), good.serialize(), false).mayPublish(List.of("x")))
        .isTrue();
    assertThatThrownBy(() -> tokens.read(key("RS256", pem), forged, false))
        .isInstanceOf(BadTokenException.class);
  }

  @Test
  void elliptic_curves_are_taken() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    SignedJWT good = new SignedJWT(new JWSHeader(JWSAlgorithm.ES256), EVERYTHING);
    good.sign(new ECDSASigner((java.security.interfaces.ECPrivateKey) pair.getPrivate()));

    Grants grants = tokens.read(key("ES256", pem(pair)), good.serialize(), false);

    assertThat(grants.mayRead(List.of("x"))).isTrue();
    assertThatThrownBy(() -> key("ES512", pem(pair))).hasMessageStartingWith("bad-mercure-key: ");
  }

  private static String pem(KeyPair pair) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----";
  }

  @ParameterizedTest
  @CsvSource({
    "HS256, too short",
    "HS384, a secret of forty bytes is not long enough",
    "HS512, a secret of forty bytes is not long enough",
    "none, a secret of publishers and subscribers",
    "RS256, a secret of publishers and subscribers",
    "EdDSA, a secret of publishers and subscribers"
  })
  void what_is_no_key_of_the_algorithm_is_refused_without_being_shown(
      String algorithm, String key) {
    assertThatThrownBy(() -> key(algorithm, key))
        .hasMessageStartingWith("bad-mercure-key: serai.mercure.publisher.key")
        .hasMessageNotContaining(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "a.b.c", "..", "eyJhbGciOiJIUzI1NiJ9..", "{}"})
  void garbage_is_refused(String token) {
    assertThatThrownBy(() -> read(token)).isInstanceOf(BadTokenException.class);
    assertThatThrownBy(() -> read("x".repeat(20_000))).hasMessageContaining("too long");
  }

  @Test
  void a_claim_of_another_kind_refuses_the_token() {
    for (Object wrong :
        List.of("x", Map.of("publish", "x"), Map.of("subscribe", List.of(1)), List.of())) {
      String token = signed(new JWTClaimsSet.Builder().claim("mercure", wrong).build());
      assertThatThrownBy(() -> read(token)).as("%s", wrong).isInstanceOf(BadTokenException.class);
    }
  }
}
