package dev.serai.cli;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** Words for a terminal: in colours where there is one and NO_COLOR does not say otherwise. */
final class Terminal {
  private Terminal() {}

  static String bold(String text) {
    return styled(text, Style.bold);
  }

  static String faint(String text) {
    return styled(text, Style.faint);
  }

  static String red(String text) {
    return styled(text, Style.fg_red);
  }

  static String yellow(String text) {
    return styled(text, Style.fg_yellow);
  }

  static String green(String text) {
    return styled(text, Style.fg_green);
  }

  /** Without what would steer the terminal: others have written it. */
  static String clean(String text) {
    return text.replaceAll("[\\p{Cntrl}]", "·");
  }

  private static String styled(String text, Style style) {
    String clean = clean(text);
    return Ansi.AUTO.enabled() ? style.on() + clean + style.off() : clean;
  }
}
