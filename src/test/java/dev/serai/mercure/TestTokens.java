package dev.serai.mercure;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** Tokens as issuers make them. */
final class TestTokens {
  static final String SECRET = "a secret of publishers and subscribers, long enough";
  static final String HUB = "https://hub.example.com/.well-known/mercure";

  private TestTokens() {}

  static MercureSettings settings(boolean anonymous) {
    MercureSettings.Side side = new MercureSettings.Side(SECRET, "HS256");
    return new MercureSettings(side, side, HUB, "https://issuer.example.com", false, anonymous);
  }

  /** Of a Serai whose hub takes these tokens, without packs. */
  static Map<String, String> arguments(boolean presence) {
    return Map.of(
        "serai.packs",
        "",
        "serai.mercure.publisher.key",
        SECRET,
        "serai.mercure.subscriber.key",
        SECRET,
        "serai.mercure.public-url",
        HUB,
        "serai.mercure.subscriptions",
        String.valueOf(presence));
  }

  static JWTClaimsSet.Builder claims(List<String> publish, List<String> subscribe) {
    return new JWTClaimsSet.Builder()
        .claim("mercure", Map.of("publish", publish, "subscribe", subscribe));
  }

  /** Of version 1.0, good for a minute. */
  static JWTClaimsSet.Builder detailed(Object... details) {
    return new JWTClaimsSet.Builder()
        .issuer("https://issuer.example.com")
        .audience(HUB)
        .expirationTime(Date.from(Instant.now().plusSeconds(60)))
        .claim("authorization_details", List.of(details));
  }

  static Map<String, Object> detail(List<String> actions, Object... topics) {
    return Map.of(
        "type",
        "https://mercure.rocks/authorization-detail",
        "actions",
        actions,
        "topics",
        List.of(topics));
  }

  static String signed(JWTClaimsSet claims) {
    return signed(claims, JWSAlgorithm.HS256, "JWT", SECRET);
  }

  static String signed(JWTClaimsSet claims, JWSAlgorithm algorithm, String type, String secret) {
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(algorithm).type(new JOSEObjectType(type)).build(), claims);
      token.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
