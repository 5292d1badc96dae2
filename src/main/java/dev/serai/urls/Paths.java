package dev.serai.urls;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Paths of URLs without the segments that lead up. */
final class Paths {
  private Paths() {}

  /**
   * Resolves {@code .} and {@code ..}, also percent-encoded ones, and encodes what has to be.
   *
   * @param path begins with a slash
   * @param special whether a backslash is a slash
   */
  static String normal(String path, boolean special) {
    String[] segments = (special ? path.replace('\\', '/') : path).substring(1).split("/", -1);
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < segments.length; i++) {
      String plain = segments[i].toLowerCase(Locale.ROOT).replace("%2e", ".");
      boolean last = i == segments.length - 1;
      if (plain.equals("..")) {
        if (!kept.isEmpty()) {
          kept.remove(kept.size() - 1);
        }
      } else if (!plain.equals(".")) {
        kept.add(Percent.PATH.encode(segments[i]));
        continue;
      }
      if (last) {
        kept.add("");
      }
    }
    return "/" + String.join("/", kept);
  }
}
