package dev.serai.routetests;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One difference between what was expected and what was got.
 *
 * @param place of the expectation: {@code file:line:column}
 * @param path of the value, such as {@code published[0].priority}
 * @param expected as text
 * @param got as text
 */
record Mismatch(String place, String path, String expected, String got) {

  /** The place, then a diff: lines that both have are left out. */
  @Override
  public String toString() {
    List<String> before = new ArrayList<>(expected.lines().toList());
    List<String> after = new ArrayList<>(got.lines().toList());
    boolean severalLines = before.size() > 1 && after.size() > 1;
    while (severalLines && !before.isEmpty() && !after.isEmpty()) {
      if (before.get(0).equals(after.get(0))) {
        before.remove(0);
        after.remove(0);
      } else if (last(before).equals(last(after))) {
        before.remove(before.size() - 1);
        after.remove(after.size() - 1);
      } else {
        break;
      }
    }
    return Stream.concat(
            Stream.of("  " + place + " " + path),
            Stream.concat(lines("    - ", before), lines("    + ", after)))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private static String last(List<String> lines) {
    return lines.get(lines.size() - 1);
  }

  private static Stream<String> lines(String mark, List<String> lines) {
    return lines.stream().map(line -> mark + line);
  }
}
