package dev.serai.checks;

import java.util.Comparator;
import org.yaml.snakeyaml.error.Mark;

/**
 * One thing that is wrong in a route file.
 *
 * @param name of the error as in {@code src/docs/errors.md}
 * @param file as it is shown
 * @param line from 1
 * @param column from 1
 * @param wrong what is wrong
 * @param remedy what to write instead
 */
public record RouteProblem(
    String name, String file, int line, int column, String wrong, String remedy)
    implements Comparable<RouteProblem> {
  private static final Comparator<RouteProblem> BY_PLACE =
      Comparator.comparing(RouteProblem::file)
          .thenComparingInt(RouteProblem::line)
          .thenComparingInt(RouteProblem::column)
          .thenComparing(RouteProblem::name);

  static RouteProblem at(String name, String file, Mark mark, String wrong, String remedy) {
    return new RouteProblem(name, file, mark.getLine() + 1, mark.getColumn() + 1, wrong, remedy);
  }

  @Override
  public int compareTo(RouteProblem other) {
    return BY_PLACE.compare(this, other);
  }

  @Override
  public String toString() {
    return "%s: %s:%d:%d%n  %s; %s".formatted(name, file, line, column, wrong, remedy);
  }
}
