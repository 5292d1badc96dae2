package dev.serai.mercure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code serai.mercure.*}; each key is explained in {@code config/application.yaml}.
 *
 * @param publisher how tokens of publishers are verified
 * @param subscriber how tokens of subscribers are verified
 * @param publicUrl of the hub as clients know it; relative topics refer to it
 * @param issuer who alone may issue tokens of version 1.0; null or empty: whoever has the key
 * @param subscriptions whether others are told who comes and goes, and can ask who is there
 * @param anonymous whether clients without a token are let in
 */
@ConfigurationProperties("serai.mercure")
record MercureSettings(
    Side publisher,
    Side subscriber,
    String publicUrl,
    @Nullable String issuer,
    boolean subscriptions,
    boolean anonymous) {

  /**
   * One side.
   *
   * @param key secret of HS256 and the like, or public key in PEM; null or empty: there is none
   * @param algorithm the only one that is taken
   */
  record Side(@Nullable String key, String algorithm) {
    @Override
    public String toString() {
      return "Side[" + algorithm + "]";
    }
  }
}
