package dev.serai.drawing;

import java.util.ArrayList;
import java.util.List;

/** How texts fit into boxes. All letters of the type have one width, so that no font is needed. */
final class Lettering {
  /** Width of a letter in parts of the size of the type; that of the widest usual one. */
  private static final double WIDTH = 0.605;

  private static final String MORE = "…";
  private static final String BREAKS = "-._/:, ";

  private Lettering() {}

  /** The width of a text in a type of this size. */
  static double width(String text, double size) {
    return text.codePointCount(0, text.length()) * WIDTH * size;
  }

  /**
   * Breaks a text after a sign or a blank, as evenly as it can be read.
   *
   * @param widest letters of a line
   * @param most lines; what is left is cut and ends in …
   */
  static List<String> wrapped(String text, int widest, int most) {
    List<String> lines = new ArrayList<>();
    String rest = text.strip().replaceAll("\\p{Cntrl}+", " ");
    while (rest.length() > widest && lines.size() < most - 1) {
      int at = widest;
      while (at > widest / 3 && BREAKS.indexOf(rest.charAt(at - 1)) < 0) {
        at--;
      }
      at = at > widest / 3 ? at : safe(rest, widest);
      lines.add(rest.substring(0, at).strip());
      rest = rest.substring(at).strip();
    }
    lines.add(rest.length() <= widest ? rest : rest.substring(0, safe(rest, widest - 1)) + MORE);
    return lines;
  }

  /** Not between the two halves of a letter. */
  private static int safe(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at - 1)) ? at - 1 : at;
  }
}
