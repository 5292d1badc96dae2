package dev.serai.mercure;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Verifies tokens. Thread-safe. */
final class Tokens {
  private static final int LONGEST = 16_384;
  private static final Duration LEEWAY = Duration.ofSeconds(5);
  private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");
  private static final String DETAILS = "authorization_details";

  private final MercureSettings settings;
  private final Claims claims;
  private final Clock clock;

  Tokens(MercureSettings settings, Claims claims, Clock clock) {
    this.settings = settings;
    this.claims = claims;
    this.clock = clock;
  }

  /** A token is not what it has to be; the message says why, without the token. */
  static final class BadTokenException extends Exception {
    private static final long serialVersionUID = 1L;

    BadTokenException(String wrong) {
      super(wrong, null, false, false);
    }
  }

  /**
   * Reads a token.
   *
   * @param key that must have signed it; null: there is none, so that no token is good
   * @param inUrl whether it came in the address, where none of version 1.0 may be
   */
  Grants read(@Nullable SigningKey key, String text, boolean inUrl) throws BadTokenException {
    if (key == null) {
      throw new BadTokenException("this hub has no key for it");
    }
    if (text.length() > LONGEST) {
      throw new BadTokenException("it is too long");
    }
    try {
      SignedJWT token = SignedJWT.parse(text);
      if (!key.hasSigned(token)) {
        throw new BadTokenException("its signature or its algorithm is not that of this hub");
      }
      String type =
          token.getHeader().getType() == null ? "jwt" : token.getHeader().getType().getType();
      if (!TYPES.contains(type.toLowerCase(java.util.Locale.ROOT))) {
        throw new BadTokenException("typ is none that this hub takes");
      }
      JWTClaimsSet set = token.getJWTClaimsSet();
      checkTimes(set);
      if (set.getClaim(DETAILS) == null) {
        return claims.read(set.getClaims(), expires(set), set.getSubject());
      }
      checkDetailed(set, inUrl);
      return claims.readDetails(set.getClaim(DETAILS), expires(set), set.getSubject());
    } catch (ParseException | IllegalArgumentException e) {
      throw new BadTokenException("it is no signed JWT");
    }
  }

  private void checkTimes(JWTClaimsSet set) throws BadTokenException {
    Instant now = clock.instant();
    Instant expires = expires(set);
    if (expires != null && !now.isBefore(expires)) {
      throw new BadTokenException("it has expired");
    }
    if (isLater(set.getNotBeforeTime(), now) || isLater(set.getIssueTime(), now)) {
      throw new BadTokenException("it is not good yet");
    }
  }

  private static boolean isLater(@Nullable Date time, Instant now) {
    return time != null && time.toInstant().minus(LEEWAY).isAfter(now);
  }

  private static @Nullable Instant expires(JWTClaimsSet set) {
    return set.getExpirationTime() == null ? null : set.getExpirationTime().toInstant();
  }

  /** What a token of version 1.0 has to say of itself. */
  private void checkDetailed(JWTClaimsSet set, boolean inUrl) throws BadTokenException {
    if (inUrl) {
      throw new BadTokenException(
          "a token with authorization_details does not belong into an address");
    }
    if (set.getExpirationTime() == null) {
      throw new BadTokenException("exp is missing");
    }
    if (!set.getAudience().contains(settings.publicUrl())) {
      throw new BadTokenException("aud does not name this hub");
    }
    String issuer = settings.issuer();
    if (issuer != null && !issuer.isBlank() && !issuer.equals(set.getIssuer())) {
      throw new BadTokenException("iss is not who issues tokens for this hub");
    }
  }
}
