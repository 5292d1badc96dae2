package dev.serai.http;

import java.util.List;

/** A request that is answered with problem details (RFC 9457) instead of a result. */
public class ProblemException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient List<FieldError> errors;

  /**
   * A problem with the fields that caused it.
   *
   * @param status HTTP status, from 400 to 599
   * @param code name of the error as in {@code src/docs/errors.md}
   * @param detail what is wrong and what to send instead; the caller sees it
   * @param errors one entry per wrong field; empty when the problem is not in a field
   */
  public ProblemException(int status, String code, String detail, List<FieldError> errors) {
    super(detail);
    this.status = status;
    this.code = code;
    this.errors = List.copyOf(errors);
  }

  /** HTTP status, from 400 to 599. */
  public int status() {
    return status;
  }

  /** Name of the error as in {@code src/docs/errors.md}. */
  public String code() {
    return code;
  }

  /** The wrong fields, in the order of the body. */
  public List<FieldError> errors() {
    return errors == null ? List.of() : errors;
  }

  /**
   * One wrong field.
   *
   * @param pointer JSON pointer into the request body, as a URI fragment: {@code #/user_id}
   * @param detail what is wrong with it
   */
  public record FieldError(String pointer, String detail) {}
}
