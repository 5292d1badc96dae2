package dev.serai.topology;

import java.util.List;
import java.util.stream.Collectors;

/** A topology.yaml has mistakes; the message lists all of them. */
final class TopologyRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  TopologyRefusedException(List<TopologyProblem> problems) {
    super(
        problems.stream()
            .map(TopologyProblem::toString)
            .collect(Collectors.joining(System.lineSeparator())));
  }
}
