package dev.serai.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The commands of README.md's first minute, each with the answer that it shows. */
final class Readme {
  private static final Pattern PAIR =
      Pattern.compile(
          "(?s)```\\n((?:curl (?!-N)|\\./serai dlq)[^`]*?)```(?:(?!```).)*?```\\n(.*?)```");

  private Readme() {}

  /**
   * What ends by itself: {@code curl -N} does not.
   *
   * @param answer a pattern for what all commands print together, as {@link #normal} text
   */
  record Step(List<String> commands, String answer) {}

  static List<Step> steps() throws IOException {
    List<Step> steps = new ArrayList<>();
    Matcher pair = PAIR.matcher(Files.readString(Path.of("README.md")));
    while (pair.find()) {
      List<String> commands = pair.group(1).replace("\\\n", " ").lines().toList();
      steps.add(new Step(commands, pattern(normal(pair.group(2)))));
    }
    return steps;
  }

  /** Without what may differ: widths of columns, ages, and the order of the two workers. */
  static String normal(String text) {
    return text.strip()
        .replaceAll(" +", " ")
        .replaceAll("\\b\\d+s\\b", "1s")
        .lines()
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  /** An ellipsis stands for the rest of a word or of a list, or of an object at its end. */
  private static String pattern(String shown) {
    return Pattern.quote(shown).replace(",…}", ",\\E.*\\Q}").replace("…", "\\E[^\"}]*\\Q");
  }
}
