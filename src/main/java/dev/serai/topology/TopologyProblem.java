package dev.serai.topology;

/**
 * One thing that is wrong in a topology.yaml.
 *
 * @param name of the error as in {@code src/docs/errors.md}
 * @param place file:line:column
 * @param wrong what is wrong
 * @param remedy what to write instead
 */
public record TopologyProblem(String name, String place, String wrong, String remedy) {

  @Override
  public String toString() {
    return "%s: %s%n  %s; %s".formatted(name, place, wrong, remedy);
  }
}
