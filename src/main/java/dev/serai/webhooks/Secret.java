package dev.serai.webhooks;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that signs messages: {@code whsec_…} (shared with the receiver, HMAC-SHA256) or {@code
 * whsk_…} (Ed25519, of which the receiver knows only the public half). Immutable; {@code toString}
 * does not tell it.
 */
public final class Secret {
  private static final String SHARED = "whsec_";
  private static final String PRIVATE = "whsk_";
  private static final String PUBLIC = "whpk_";
  private static final int LEAST_BYTES = 24;
  private static final int MADE_BYTES = 32;
  private static final int MOST_BYTES = 64;
  private static final int SEED_BYTES = 32;

  /** How Java's keys begin, before the 32 bytes that differ. */
  private static final String PKCS8 = "302e020100300506032b657004220420";

  private static final String X509 = "302a300506032b6570032100";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String prefix;
  private final byte[] key;

  private Secret(String prefix, byte[] key) {
    this.prefix = prefix;
    this.key = key;
  }

  /** A new shared secret. */
  public static Secret generate() {
    byte[] key = new byte[MADE_BYTES];
    RANDOM.nextBytes(key);
    return new Secret(SHARED, key);
  }

  /**
   * Reads a secret.
   *
   * @throws IllegalArgumentException for anything else; the message does not quote it
   */
  public static Secret parse(String text) {
    if (text.startsWith(SHARED)) {
      byte[] key = bytes(text.substring(SHARED.length()));
      if (key.length >= LEAST_BYTES && key.length <= MOST_BYTES) {
        return new Secret(SHARED, key);
      }
    } else if (text.startsWith(PRIVATE)) {
      Secret secret = new Secret(PRIVATE, bytes(text.substring(PRIVATE.length())));
      if (secret.key.length == 2 * SEED_BYTES && secret.halvesBelongTogether()) {
        return secret;
      }
    }
    throw new IllegalArgumentException(
        "a secret is whsec_ and the Base64 of 24 to 64 random bytes, or whsk_ and the Base64 of an"
            + " Ed25519 seed and its public key");
  }

  private static byte[] bytes(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0]; // too short for either
    }
  }

  /** The secret itself: for the receiver and the store, never for a log or an error. */
  public String text() {
    return prefix + Base64.getEncoder().encodeToString(key);
  }

  /** What the receiver verifies with, {@code whpk_…}; empty for a shared secret. */
  public Optional<String> publicText() {
    return prefix.equals(PRIVATE)
        ? Optional.of(PUBLIC + Base64.getEncoder().encodeToString(publicHalf()))
        : Optional.empty();
  }

  /** Its signature with the version, such as {@code v1,…}. */
  String sign(byte[] content) {
    boolean shared = prefix.equals(SHARED);
    try {
      byte[] signature = shared ? hmac(content) : ed25519(content);
      return (shared ? "v1," : "v1a,") + Base64.getEncoder().encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // both are part of every JDK
    }
  }

  private byte[] hmac(byte[] content) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(content);
  }

  private byte[] ed25519(byte[] content) throws GeneralSecurityException {
    byte[] seed = Arrays.copyOf(key, SEED_BYTES);
    PrivateKey signer =
        KeyFactory.getInstance("Ed25519")
            .generatePrivate(new PKCS8EncodedKeySpec(encoded(PKCS8, seed)));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(signer);
    signature.update(content);
    return signature.sign();
  }

  private boolean halvesBelongTogether() {
    byte[] content = {1};
    try {
      PublicKey half =
          KeyFactory.getInstance("Ed25519")
              .generatePublic(new X509EncodedKeySpec(encoded(X509, publicHalf())));
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(half);
      check.update(content);
      return check.verify(ed25519(content));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private byte[] publicHalf() {
    return Arrays.copyOfRange(key, SEED_BYTES, 2 * SEED_BYTES);
  }

  private static byte[] encoded(String start, byte[] rest) {
    byte[] head = HexFormat.of().parseHex(start);
    byte[] all = Arrays.copyOf(head, head.length + rest.length);
    System.arraycopy(rest, 0, all, head.length, rest.length);
    return all;
  }

  @Override
  public String toString() {
    return prefix + "…";
  }
}
