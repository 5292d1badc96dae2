package dev.serai.llm;

/** No provider has answered a request; another attempt may succeed. */
public class NoAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A request without an answer.
   *
   * @param message what the last provider failed with
   */
  public NoAnswerException(String message) {
    super(message);
  }
}
