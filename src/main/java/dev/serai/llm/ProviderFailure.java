package dev.serai.llm;

import dev.serai.delivery.RetryAfterException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why a provider gave no answer. */
final class ProviderFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** What it means for the next step. */
  enum Kind {
    /** It wants to be left alone for a while. */
    BUSY,
    /** The request is wrong. */
    REFUSED,
    /** It is away, too slow, or answers what nobody can read. */
    FAILED
  }

  private final Kind kind;
  private final Duration wait;
  private final boolean charged;
  private final boolean sent;

  private ProviderFailure(Kind kind, String message, Duration wait, boolean charged, boolean sent) {
    super(message);
    this.kind = kind;
    this.wait = wait;
    this.charged = charged;
    this.sent = sent;
  }

  /** It asks for a pause; zero when it does not say how long. */
  static ProviderFailure busy(String message, Duration wait) {
    return new ProviderFailure(Kind.BUSY, message, wait, false, true);
  }

  /**
   * It answered with another status than 200.
   *
   * @param retryAfter header of that name
   * @param said its own explanation; empty when there is none
   */
  static ProviderFailure ofStatus(int status, @Nullable String retryAfter, String said) {
    Duration wait = RetryAfterException.ofHeader(said, retryAfter).shortestWait();
    String message = "status " + status + (said.isEmpty() ? "" : ": " + said);
    return switch (status) {
      case 429 -> busy(message, wait);
      case 503 -> retryAfter == null ? failed(message) : busy(message, wait);
      case 400, 413, 422 -> refused(message);
      case 401, 403 -> failed("status " + status + ": it does not accept the key");
      default -> failed(message);
    };
  }

  static ProviderFailure refused(String message) {
    return new ProviderFailure(Kind.REFUSED, message, Duration.ZERO, false, true);
  }

  /** It did not work on the request. */
  static ProviderFailure failed(String message) {
    return new ProviderFailure(Kind.FAILED, message, Duration.ZERO, false, true);
  }

  /** It did not even get the request. */
  static ProviderFailure unreachable(String message) {
    return new ProviderFailure(Kind.FAILED, message, Duration.ZERO, false, false);
  }

  /** It may have worked on the request, and may want to be paid. */
  static ProviderFailure broken(String message) {
    return new ProviderFailure(Kind.FAILED, message, Duration.ZERO, true, true);
  }

  Kind kind() {
    return kind;
  }

  Duration pause() {
    return wait;
  }

  boolean charged() {
    return charged;
  }

  boolean sent() {
    return sent;
  }
}
