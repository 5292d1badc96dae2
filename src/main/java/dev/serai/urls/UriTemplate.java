package dev.serai.urls;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/**
 * A URI template (RFC 6570, all levels) as a pattern: it matches what it can be expanded to. Of
 * names in {@code {?name}} and the like it takes any, as the hubs of Mercure 0.x do. Matches in a
 * time that grows with the length of template and text only. Immutable.
 */
public final class UriTemplate {
  private static final int LONGEST = 500;
  private static final int MOST_CHARACTERS = 1000; // of all prefixes such as {name:3} together
  private static final String UNRESERVED = "\\-._~0-9A-Za-z";
  private static final String RESERVED = UNRESERVED + "!#$&'()*+,/:;=?@\\[\\]";
  private static final java.util.regex.Pattern EXPRESSION =
      java.util.regex.Pattern.compile("\\{([^{}]*)}|[^{}]+");
  private static final java.util.regex.Pattern VARIABLE =
      java.util.regex.Pattern.compile(
          "((?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})(?:\\.?(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2}))*)"
              + "(\\*|:[1-9]\\d{0,3})?");

  /**
   * What an operator does to values.
   *
   * @param first comes before them
   * @param between separates them
   * @param named whether each has its name
   * @param characters of which values are
   */
  private record Operator(String first, String between, boolean named, String characters) {}

  private static final Map<Character, Operator> OPERATORS =
      Map.of(
          '+', new Operator("", ",", false, RESERVED),
          '#', new Operator("#", ",", false, RESERVED),
          '.', new Operator(".", ".", false, UNRESERVED),
          '/', new Operator("/", "/", false, UNRESERVED),
          ';', new Operator(";", ";", true, UNRESERVED),
          '?', new Operator("?", "&", true, UNRESERVED),
          '&', new Operator("&", "&", true, UNRESERVED));
  private static final Operator NONE = new Operator("", ",", false, UNRESERVED);

  private final String beginning;
  private final Pattern pattern;

  private UriTemplate(String beginning, Pattern pattern) {
    this.beginning = beginning;
    this.pattern = pattern;
  }

  /**
   * Reads a template.
   *
   * @param text up to 500 characters
   * @throws BadPatternException when it is none, or could take too long
   */
  public static UriTemplate compile(String text) throws BadPatternException {
    if (text.length() > LONGEST) {
      throw new BadPatternException("it has over " + LONGEST + " characters");
    }
    Matcher pieces = EXPRESSION.matcher(text);
    StringBuilder regexp = new StringBuilder();
    int end = 0;
    int prefixes = 0;
    while (pieces.find() && pieces.start() == end) {
      end = pieces.end();
      String expression = pieces.group(1);
      prefixes += expression == null ? 0 : prefixes(expression);
      regexp.append(expression == null ? Regexps.quoted(pieces.group()) : regexp(expression));
    }
    if (end < text.length()) {
      throw new BadPatternException("a { or } has no other one");
    }
    if (prefixes > MOST_CHARACTERS) {
      throw new BadPatternException("its prefixes have over " + MOST_CHARACTERS + " characters");
    }
    int brace = text.indexOf('{');
    return new UriTemplate(
        brace < 0 ? text : text.substring(0, brace), Regexps.compile(regexp.toString()));
  }

  /** Whether a text is an expansion of it. */
  public boolean matches(String text) {
    return text.startsWith(beginning) && pattern.matches(text);
  }

  private static int prefixes(String expression) {
    return java.util.regex.Pattern.compile(":(\\d{1,4})")
        .matcher(expression)
        .results()
        .mapToInt(found -> Integer.parseInt(found.group(1)))
        .sum();
  }

  private static String regexp(String expression) throws BadPatternException {
    Operator known = expression.isEmpty() ? null : OPERATORS.get(expression.charAt(0));
    Operator operator = known == null ? NONE : known;
    List<String> variables =
        List.of((known == null ? expression : expression.substring(1)).split(",", -1));
    StringBuilder values = new StringBuilder();
    int optional = 0;
    for (String text : variables) {
      Matcher variable = VARIABLE.matcher(text);
      if (!variable.matches()) {
        throw new BadPatternException("{" + expression + "} is no expression of RFC 6570");
      }
      String modifier = variable.group(2) == null ? "" : variable.group(2);
      String value = value(operator, modifier);
      String between = Regexps.quoted(operator.between());
      if (modifier.equals("*")) {
        value = value + "(?:" + between + value + ")*";
      }
      values.append(optional++ == 0 ? value : "(?:" + between + value + ")?");
    }
    return "(?:" + Regexps.quoted(operator.first()) + values + ")?";
  }

  /** Lists have commas; names, and lists of pairs that are exploded, have an equals sign. */
  private static String value(Operator operator, String modifier) {
    boolean reserved = operator.characters().equals(RESERVED);
    boolean pairs = operator.named() || modifier.equals("*");
    boolean prefix = modifier.startsWith(":");
    String more = reserved ? "" : (prefix ? "" : ",") + (pairs ? "=" : "");
    String one = "(?:[" + operator.characters() + more + "]|%[0-9A-Fa-f]{2})";
    return one + (prefix && !operator.named() ? "{0," + modifier.substring(1) + "}" : "*");
  }
}
