package dev.serai.files;

/** {@code bad-config}: a file of values cannot be used. */
public final class BadValuesException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final transient BadRouteFile file;

  BadValuesException(String name, BadRouteFile file) {
    super(
        "bad-config: %s:%d:%d: %s; %s"
            .formatted(file.file(), file.line(), file.column(), file.wrong(), file.remedy()));
    this.name = name;
    this.file = file;
  }

  /** The problem's name, which may be more exact than that of the exception. */
  public String name() {
    return name;
  }

  /** Where and what. */
  public BadRouteFile file() {
    return file;
  }
}
