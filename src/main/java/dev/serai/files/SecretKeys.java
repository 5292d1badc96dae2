package dev.serai.files;

import java.util.regex.Pattern;

/** Which keys of {@code config/} probably have a secret. */
public final class SecretKeys {
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i).*((?<![a-z])pass$|passw|passphrase|secret|token(?!iz|s)|credential"
              + "|(api|access|private|signing|encryption|master|account|publisher|subscriber)[-_.]?key).*");

  private SecretKeys() {}

  /** Whether the value of such a key must not be shown. */
  public static boolean isOne(String key) {
    return SECRET.matcher(key).matches();
  }
}
