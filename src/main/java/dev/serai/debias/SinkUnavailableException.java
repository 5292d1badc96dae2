package dev.serai.debias;

/** A graph or the profiles did not answer; the same event may succeed later. */
public class SinkUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A sink that is down.
   *
   * @param message what its client said
   */
  public SinkUnavailableException(String message) {
    super(message);
  }
}
