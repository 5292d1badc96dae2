package dev.serai.checks;

import dev.serai.files.BadRouteFile;
import dev.serai.topology.TopologyProblem;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final Pattern PLACE = Pattern.compile("(.*):(\\d+):(\\d+)");
  private static final Comparator<RouteProblem> BY_PLACE =
      Comparator.comparing(RouteProblem::file)
          .thenComparingInt(RouteProblem::line)
          .thenComparingInt(RouteProblem::column)
          .thenComparing(RouteProblem::name);

  static RouteProblem at(String name, String file, Mark mark, String wrong, String remedy) {
    return new RouteProblem(name, file, mark.getLine() + 1, mark.getColumn() + 1, wrong, remedy);
  }

  /** The same for a file of exchanges and queues. */
  public static RouteProblem of(TopologyProblem problem) {
    Matcher place = PLACE.matcher(problem.place());
    return place.matches()
        ? new RouteProblem(
            problem.name(),
            place.group(1),
            Integer.parseInt(place.group(2)),
            Integer.parseInt(place.group(3)),
            problem.wrong(),
            problem.remedy())
        : new RouteProblem(
            problem.name(), problem.place(), 1, 1, problem.wrong(), problem.remedy());
  }

  /** What a broker refuses of a topology file, in its message's words. */
  public static RouteProblem ofConflict(String path, String message) {
    String[] parts = message.replaceFirst("^topology-conflict: ", "").split("; ", 2);
    return new RouteProblem(
        "topology-conflict",
        path,
        1,
        1,
        parts[0],
        parts.length > 1 ? parts[1] : "write what the broker has");
  }

  /** The same for what cannot be read at all. */
  public static RouteProblem of(String name, BadRouteFile file) {
    return new RouteProblem(
        name,
        file.file().toString(),
        Math.max(1, file.line()),
        Math.max(1, file.column()),
        file.wrong(),
        file.remedy());
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
