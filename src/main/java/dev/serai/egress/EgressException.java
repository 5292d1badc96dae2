package dev.serai.egress;

import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A call that brought no answer.
 *
 * <p>Its code is one of {@code refused-address} (nothing was sent), {@code unresolved} (no address
 * for the name), {@code unreachable} (no connection), {@code tls} (no trusted one), {@code
 * timeout}, {@code broken} (the connection ended before the answer did) and {@code too-many-calls}
 * (others have to end first; nothing was sent).
 */
public final class EgressException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String code;

  private EgressException(String code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  static EgressException refused(RefusedTargetException cause) {
    return new EgressException("refused-address", String.valueOf(cause.getMessage()), cause);
  }

  static EgressException unresolved(String host, @Nullable Throwable cause) {
    return new EgressException("unresolved", "the name " + host + " has no address", cause);
  }

  static EgressException noConnection(String address, int port, Throwable cause) {
    return isTls(cause)
        ? new EgressException(
            "tls", "no trusted connection to %s: %s".formatted(address, root(cause)), cause)
        : new EgressException(
            "unreachable", "no connection to %s port %d".formatted(address, port), cause);
  }

  static EgressException late(String doing) {
    return new EgressException("timeout", "the time was up while " + doing, null);
  }

  static EgressException noEnd(String doing, Throwable cause) {
    return isTls(cause)
        ? new EgressException(
            "tls", "the receiver ended the encrypted connection: " + root(cause), cause)
        : new EgressException("broken", "the connection ended while " + doing, cause);
  }

  static EgressException tooMany(int most) {
    return new EgressException(
        "too-many-calls", "%d calls are made already, as many as may".formatted(most), null);
  }

  static EgressException stopped() {
    return new EgressException("broken", "Serai stops", null);
  }

  /** The kind of failure, for a program. */
  public String code() {
    return code;
  }

  /** Whether it is not the receiver's doing, and a little later there is room for the call. */
  public boolean isOwn() {
    return code.equals("too-many-calls");
  }

  static boolean isTls(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException || cause instanceof GeneralSecurityException) {
        return true;
      }
    }
    return false;
  }

  /** What the certificate lacks, for example. */
  private static @Nullable String root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage();
  }
}
