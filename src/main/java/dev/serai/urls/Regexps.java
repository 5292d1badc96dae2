package dev.serai.urls;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.regex.Matcher;

/**
 * Regular expressions that are matched in linear time. What JavaScript would understand in another
 * way, or only with a search that can take for ever, is refused.
 */
final class Regexps {
  private static final int MOST_REPEATS = 1000;
  private static final int MOST_REPEATED = 20_000; // characters, if repeats were written out
  private static final int MOST_STEPS =
      2500; // each is looked at for each character, one in another
  private static final java.util.regex.Pattern COUNT =
      java.util.regex.Pattern.compile("\\{(\\d*)(,?)(\\d*)}");
  private static final java.util.regex.Pattern OTHER_GROUP =
      java.util.regex.Pattern.compile("\\(\\?[^:]");
  private static final java.util.regex.Pattern OTHER_ESCAPE =
      java.util.regex.Pattern.compile("\\\\[^dDwWsSbBtnrfvpP\\W_]");
  private static final java.util.regex.Pattern SET_IN_SET =
      java.util.regex.Pattern.compile("\\[[^\\]\\\\]*(?:\\[|&&|--)");

  private Regexps() {}

  static String quoted(String text) {
    return text.isEmpty() ? "" : Pattern.quote(text);
  }

  static Pattern compile(String regexp) throws BadPatternException {
    try {
      return Pattern.compile(regexp, Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw new BadPatternException(
          "it holds a regular expression that is not taken: " + e.getDescription());
    } catch (StackOverflowError e) {
      throw tooLarge();
    }
  }

  /**
   * The same of an expression that anybody may write.
   *
   * @throws BadPatternException also when it is too large to be matched
   */
  static Pattern compileSmall(String regexp) throws BadPatternException {
    Pattern pattern = compile(regexp);
    if (pattern.programSize() > MOST_STEPS) {
      throw tooLarge();
    }
    return pattern;
  }

  private static BadPatternException tooLarge() {
    return new BadPatternException(
        "it is too large with all that its { } repeat; repeat less, or fewer characters");
  }

  /**
   * Makes sure that an expression of a pattern means the same here.
   *
   * @throws BadPatternException with the reason when it is not known to
   */
  static void check(String regexp) throws BadPatternException {
    String plain = regexp.replace("\\\\", "_");
    if (OTHER_GROUP.matcher(plain).find()) {
      throw new BadPatternException(
          "a group in ( ) looks ahead or behind or has a name; write (?: )");
    }
    if (OTHER_ESCAPE.matcher(plain).find()) {
      throw new BadPatternException(
          "a group in ( ) holds a backslash before a letter or number that is not taken");
    }
    if (SET_IN_SET.matcher(plain).find()) {
      throw new BadPatternException("a group in ( ) holds a set in a set, which is not taken");
    }
    long repeats = 1;
    Matcher count = COUNT.matcher(plain);
    while (count.find() && repeats <= MOST_REPEATS) {
      String most = count.group(3).isEmpty() ? count.group(1) : count.group(3);
      repeats *= most.length() > 4 ? MOST_REPEATS + 1 : Math.max(1, Integer.parseInt("0" + most));
    }
    if (repeats > MOST_REPEATS) {
      throw new BadPatternException("its { } repeat more than " + MOST_REPEATS + " times");
    }
    if (repeats > 1 && repeats * regexp.length() > MOST_REPEATED) {
      throw tooLarge();
    }
    compileSmall(regexp);
  }
}
