package dev.serai.hub;

/** An update that could not be kept now; sent again later, it can be. */
public class StreamsUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Why it could not be kept.
   *
   * @param why begins with a name of {@code src/docs/errors.md}
   */
  public StreamsUnavailableException(String why) {
    super(why);
  }

  static StreamsUnavailableException stopped() {
    return new StreamsUnavailableException("streams-stopped: this instance stops");
  }

  static StreamsUnavailableException busy(String why) {
    return new StreamsUnavailableException("streams-busy: " + why);
  }
}
