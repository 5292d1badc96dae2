package dev.serai.routetests;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a test has ended.
 *
 * @param file as a person sees it
 * @param name of the test
 * @param place where it is written: {@code file:line:column}
 * @param differences between what was expected and what was got, each with its place; empty when it
 *     is good
 * @param happened what each endpoint got, in order
 * @param routes ids of those that the test went through
 * @param ofFailure whether the test is about something that goes wrong
 */
public record TestResult(
    String file,
    String name,
    String place,
    List<String> differences,
    List<String> happened,
    Set<String> routes,
    boolean ofFailure) {

  /** Whether all is as expected. */
  public boolean isGood() {
    return differences.isEmpty();
  }

  /** For a person: what differs, and what each endpoint got. */
  @Override
  public String toString() {
    Stream<String> events =
        happened.isEmpty()
            ? Stream.of("  nothing outside was called")
            : Stream.concat(
                Stream.of("  what happened, in order:"), happened.stream().map(e -> "    " + e));
    return Stream.concat(
            Stream.of("failed: " + name + " (" + place + ")"),
            Stream.concat(differences.stream(), events))
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
