package dev.serai.topology;

import dev.serai.files.BadRouteFile;
import dev.serai.files.RefusedFile;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/**
 * One thing that is wrong in a topology.yaml.
 *
 * @param name of the error as in {@code src/docs/errors.md}
 * @param place file:line:column
 * @param wrong what is wrong
 * @param remedy what to write instead
 */
public record TopologyProblem(String name, String place, String wrong, String remedy) {

  static TopologyProblem at(String file, Node node, String name, String wrong, String remedy) {
    Mark mark = node.getStartMark();
    String place =
        mark == null ? file : "%s:%d:%d".formatted(file, mark.getLine() + 1, mark.getColumn() + 1);
    return new TopologyProblem(name, place, wrong, remedy);
  }

  /** The same for a file that cannot be read at all. */
  static TopologyProblem of(RefusedFile refused) {
    BadRouteFile file = refused.file();
    return new TopologyProblem(
        refused.name(),
        "%s:%d:%d".formatted(file.file(), file.line(), file.column()),
        file.wrong(),
        file.remedy());
  }

  @Override
  public String toString() {
    return "%s: %s%n  %s; %s".formatted(name, place, wrong, remedy);
  }
}
