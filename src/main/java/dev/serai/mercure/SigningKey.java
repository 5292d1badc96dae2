package dev.serai.mercure;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A key that verifies tokens by one algorithm, and no other. Thread-safe. */
final class SigningKey {
  private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
  private static final String END = "-----END PUBLIC KEY-----";

  private final JWSAlgorithm algorithm;
  private final JWSVerifier verifier;

  private SigningKey(JWSAlgorithm algorithm, JWSVerifier verifier) {
    this.algorithm = algorithm;
    this.verifier = verifier;
  }

  /**
   * Reads a setting.
   *
   * @param name of the setting
   * @return null when there is no key
   * @throws IllegalArgumentException {@code bad-mercure-key} with what is wrong, without the key
   */
  static @Nullable SigningKey of(String name, MercureSettings.Side side) {
    String key = side.key();
    if (key == null || key.isBlank()) {
      return null;
    }
    JWSAlgorithm algorithm = JWSAlgorithm.parse(side.algorithm());
    try {
      return new SigningKey(algorithm, verifier(name, algorithm, key));
    } catch (JOSEException | GeneralSecurityException | IllegalArgumentException e) {
      throw bad(name, algorithm);
    }
  }

  private static JWSVerifier verifier(String name, JWSAlgorithm algorithm, String key)
      throws JOSEException, GeneralSecurityException {
    if (JWSAlgorithm.Family.HMAC_SHA.contains(algorithm)) {
      byte[] secret = key.getBytes(StandardCharsets.UTF_8);
      if (secret.length < length(algorithm)) {
        throw bad(name, algorithm);
      }
      return new MACVerifier(secret);
    }
    if (JWSAlgorithm.Family.RSA.contains(algorithm)) {
      return new RSASSAVerifier((RSAPublicKey) publicKey("RSA", key));
    }
    ECDSAVerifier verifier = new ECDSAVerifier((ECPublicKey) publicKey("EC", key));
    if (!verifier.supportedJWSAlgorithms().contains(algorithm)) {
      throw bad(name, algorithm);
    }
    return verifier;
  }

  /** Bytes that a secret has at least (RFC 7518, section 3.2). */
  private static int length(JWSAlgorithm algorithm) {
    return Integer.parseInt(algorithm.getName().substring(2)) / 8;
  }

  private static PublicKey publicKey(String kind, String key) throws GeneralSecurityException {
    String text = key.replace("\\n", "\n").strip();
    if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
      throw new GeneralSecurityException("no PEM");
    }
    byte[] bytes =
        Base64.getMimeDecoder()
            .decode(text.substring(BEGIN.length(), text.length() - END.length()));
    return KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(bytes));
  }

  private static IllegalArgumentException bad(String name, JWSAlgorithm algorithm) {
    return new IllegalArgumentException(
        ("bad-mercure-key: %s.key is no key of %s.algorithm (%s); write a secret of at least 32, 48 or 64"
                + " bytes for HS256, HS384 or HS512, or a public key in PEM (-----BEGIN PUBLIC KEY-----)"
                + " for RS256, PS256, ES256 and their like")
            .formatted(name, name, algorithm.getName()));
  }

  /** Whether this key has signed a token, by its algorithm. */
  boolean hasSigned(SignedJWT token) {
    try {
      return algorithm.equals(token.getHeader().getAlgorithm()) && token.verify(verifier);
    } catch (JOSEException e) {
      return false;
    }
  }
}
