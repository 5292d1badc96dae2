package dev.serai.javadsl;

import java.util.List;

/** A route file in Java that cannot be used. */
public final class BadJavaException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Mistake> mistakes;

  /**
   * One thing that is wrong.
   *
   * @param name of the error as in {@code src/docs/errors.md}
   * @param line from 1
   * @param column from 1
   * @param wrong what is wrong, in one line
   * @param remedy what to do
   */
  public record Mistake(String name, int line, int column, String wrong, String remedy) {}

  BadJavaException(List<Mistake> mistakes) {
    super(mistakes.get(0).wrong());
    this.mistakes = List.copyOf(mistakes);
  }

  /** All that was found; at least one. */
  public List<Mistake> mistakes() {
    return mistakes;
  }

  static BadJavaException badJava(String wrong, String remedy) {
    return new BadJavaException(List.of(new Mistake("bad-java", 1, 1, wrong, remedy)));
  }

  static BadJavaException needsJdk(String wrong, String remedy) {
    return new BadJavaException(List.of(new Mistake("needs-jdk", 1, 1, wrong, remedy)));
  }
}
