package dev.serai.files;

/** {@code bad-config}: a file of values cannot be read. */
public final class BadValuesException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient BadRouteFile file;

  BadValuesException(BadRouteFile file) {
    super(
        "bad-config: %s:%d:%d: %s; %s"
            .formatted(file.file(), file.line(), file.column(), file.wrong(), file.remedy()));
    this.file = file;
  }

  /** Where and what. */
  public BadRouteFile file() {
    return file;
  }
}
