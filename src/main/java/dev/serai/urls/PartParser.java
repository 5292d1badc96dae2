package dev.serai.urls;

import dev.serai.urls.Token.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the pattern of one component (URL Pattern, section 2.1.1). */
final class PartParser {
  private static final String ANYTHING = ".*";

  private final List<Token> tokens;
  private final Component component;
  private final List<Part> parts = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final StringBuilder fixed = new StringBuilder();
  private int at;

  private PartParser(List<Token> tokens, Component component) {
    this.tokens = tokens;
    this.component = component;
  }

  static List<Part> parse(String text, Component component) throws BadPatternException {
    PartParser parser = new PartParser(Tokenizer.of(text, true), component);
    while (parser.at < parser.tokens.size()) {
      parser.next();
    }
    return parser.parts;
  }

  private void next() throws BadPatternException {
    Token character = take(Type.CHAR);
    Token name = take(Type.NAME);
    Token regexp = takeRegexp(name);
    if (name != null || regexp != null) {
      String prefix = character == null ? "" : character.value();
      if (!prefix.equals(component.prefix())) {
        fixed.append(prefix);
        prefix = "";
      }
      addFixed();
      add(prefix, name, regexp, "");
      return;
    }
    Token text = character == null ? take(Type.ESCAPED) : character;
    if (text != null) {
      fixed.append(text.value());
    } else if (take(Type.OPEN) != null) {
      group();
    } else {
      addFixed();
      need(Type.END);
    }
  }

  private void group() throws BadPatternException {
    String prefix = takeText();
    Token name = take(Type.NAME);
    Token regexp = takeRegexp(name);
    String suffix = takeText();
    need(Type.CLOSE);
    add(prefix, name, regexp, suffix);
  }

  private void add(String prefix, @Nullable Token name, @Nullable Token regexp, String suffix)
      throws BadPatternException {
    Token sign = take(Type.MODIFIER);
    sign = sign == null ? take(Type.ASTERISK) : sign;
    String modifier = sign == null ? "" : sign.value();
    if (name == null && regexp == null && modifier.isEmpty()) {
      fixed.append(prefix);
      return;
    }
    addFixed();
    if (name == null && regexp == null) {
      if (!prefix.isEmpty()) {
        parts.add(new Part(component.encode(prefix), "", "", modifier));
      }
      return;
    }
    if (name != null && !names.add(name.value())) {
      throw new BadPatternException("the name :" + name.value() + " stands there twice");
    }
    parts.add(
        new Part(component.encode(prefix), regexp(regexp), component.encode(suffix), modifier));
  }

  private String regexp(@Nullable Token token) throws BadPatternException {
    if (token == null) {
      return component.segment();
    }
    if (token.type() == Type.ASTERISK) {
      return ANYTHING;
    }
    Regexps.check(token.value());
    return token.value();
  }

  private void addFixed() throws BadPatternException {
    if (!fixed.isEmpty()) {
      parts.add(new Part(component.encode(fixed.toString()), "", "", ""));
      fixed.setLength(0);
    }
  }

  private @Nullable Token take(Type type) {
    return tokens.get(Math.min(at, tokens.size() - 1)).type() == type ? tokens.get(at++) : null;
  }

  private @Nullable Token takeRegexp(@Nullable Token name) {
    Token token = take(Type.REGEXP);
    return token == null && name == null ? take(Type.ASTERISK) : token;
  }

  private String takeText() {
    StringBuilder text = new StringBuilder();
    while (tokens.get(at).type() == Type.CHAR || tokens.get(at).type() == Type.ESCAPED) {
      text.append(tokens.get(at++).value());
    }
    return text.toString();
  }

  private void need(Type type) throws BadPatternException {
    if (take(type) == null) {
      throw new BadPatternException(
          "\"%s\" stands where it cannot; write a backslash before it"
              .formatted(tokens.get(at).value()));
    }
  }
}
