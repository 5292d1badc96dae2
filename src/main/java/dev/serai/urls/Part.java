package dev.serai.urls;

/**
 * A part of the pattern of a component.
 *
 * @param regexp what it matches between prefix and suffix; empty for fixed text, which is the
 *     prefix
 * @param modifier {@code ?}, {@code *}, {@code +} or empty
 */
record Part(String prefix, String regexp, String suffix, String modifier) {

  boolean isFixed() {
    return regexp.isEmpty();
  }

  /** As a regular expression without captures. */
  String toRegexp() {
    String before = Regexps.quoted(prefix);
    if (isFixed()) {
      return modifier.isEmpty() ? before : "(?:" + before + ")" + modifier;
    }
    String one = "(?:" + regexp + ")";
    String after = Regexps.quoted(suffix);
    if (modifier.isEmpty() || modifier.equals("?")) {
      return "(?:" + before + one + after + ")" + modifier;
    }
    String more = "(?:" + after + before + one + ")*";
    return "(?:" + before + one + more + after + ")" + (modifier.equals("*") ? "?" : "");
  }
}
