package dev.serai.urls;

import dev.serai.urls.Token.Type;
import java.util.ArrayList;
import java.util.List;

/** Takes the text of a pattern apart (URL Pattern, section 2.1). */
final class Tokenizer {
  private final String text;
  private final boolean strict;
  private final List<Token> tokens = new ArrayList<>();

  private Tokenizer(String text, boolean strict) {
    this.text = text;
    this.strict = strict;
  }

  /**
   * Takes a text apart.
   *
   * @param strict whether a mistake is refused; else it is a token
   */
  static List<Token> of(String text, boolean strict) throws BadPatternException {
    Tokenizer tokenizer = new Tokenizer(text, strict);
    int at = 0;
    while (at < text.length()) {
      at = tokenizer.next(at);
    }
    tokenizer.tokens.add(new Token(Type.END, text.length(), ""));
    return tokenizer.tokens;
  }

  private int next(int at) throws BadPatternException {
    int character = text.codePointAt(at);
    int after = at + Character.charCount(character);
    return switch (character) {
      case '*' -> add(Type.ASTERISK, at, after);
      case '+', '?' -> add(Type.MODIFIER, at, after);
      case '{' -> add(Type.OPEN, at, after);
      case '}' -> add(Type.CLOSE, at, after);
      case '\\' -> escaped(at, after);
      case ':' -> name(at, after);
      case '(' -> regexp(at, after);
      default -> add(Type.CHAR, at, after);
    };
  }

  private int add(Type type, int at, int end) {
    return add(type, at, at, end, end);
  }

  private int add(Type type, int at, int from, int to, int end) {
    tokens.add(new Token(type, at, text.substring(from, to)));
    return end;
  }

  private int wrong(int at, int end, String why) throws BadPatternException {
    if (strict) {
      throw new BadPatternException(why);
    }
    return add(Type.INVALID, at, end);
  }

  private int escaped(int at, int after) throws BadPatternException {
    if (after == text.length()) {
      return wrong(at, after, "a backslash is last; write the character that it stands for");
    }
    int end = after + Character.charCount(text.codePointAt(after));
    return add(Type.ESCAPED, at, after, end, end);
  }

  private int name(int at, int after) throws BadPatternException {
    int end = after;
    while (end < text.length() && isInName(text.codePointAt(end), end == after)) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end == after
        ? wrong(at, after, "a name is missing after a colon; write a letter, or \\:")
        : add(Type.NAME, at, after, end, end);
  }

  private static boolean isInName(int character, boolean first) {
    return first
        ? character == '$' || character == '_' || Character.isUnicodeIdentifierStart(character)
        : Character.isJavaIdentifierPart(character) && !Character.isIdentifierIgnorable(character)
            || character == 0x200c
            || character == 0x200d;
  }

  private int regexp(int at, int after) throws BadPatternException {
    int depth = 1;
    int end = after;
    while (depth > 0) {
      if (end >= text.length()) {
        return wrong(at, after, "a ( has no ); close it, or write \\(");
      }
      char character = text.charAt(end);
      if (character > 0x7f || end == after && character == '?') {
        return wrong(at, after, "a group in ( ) does not begin with ?, and is ASCII");
      }
      if (character == '\\') {
        end++;
        if (end >= text.length() || text.charAt(end) > 0x7f) {
          return wrong(at, after, "a backslash in ( ) stands before an ASCII character");
        }
      } else if (character == ')') {
        depth--;
      } else if (character == '(') {
        depth++;
        if (!text.startsWith("?", end + 1)) {
          return wrong(at, after, "a group in ( ) captures; write (?: )");
        }
      }
      end++;
    }
    return end - 1 == after
        ? wrong(at, after, "a group ( ) is empty")
        : add(Type.REGEXP, at, after, end - 1, end);
  }
}
