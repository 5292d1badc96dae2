package dev.serai.urls;

import dev.serai.urls.Token.Type;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Divides a whole pattern into those of its components (URL Pattern, section 2.2). */
final class PatternText {
  private enum State {
    INIT,
    PROTOCOL,
    AUTHORITY,
    USERNAME,
    PASSWORD,
    HOSTNAME,
    PORT,
    PATHNAME,
    SEARCH,
    HASH,
    DONE
  }

  private static final Map<State, Component> COMPONENTS =
      Map.of(
          State.PROTOCOL, Component.PROTOCOL,
          State.USERNAME, Component.USERNAME,
          State.PASSWORD, Component.PASSWORD,
          State.HOSTNAME, Component.HOSTNAME,
          State.PORT, Component.PORT,
          State.PATHNAME, Component.PATHNAME,
          State.SEARCH, Component.SEARCH,
          State.HASH, Component.HASH);
  private static final Set<State> BEFORE_HOST = EnumSet.range(State.PROTOCOL, State.PASSWORD);

  private final String text;
  private final List<Token> tokens;
  private final Map<Component, String> found = new EnumMap<>(Component.class);
  private State state = State.INIT;
  private int at;
  private int start;
  private int step;
  private int groups;
  private int brackets;
  private boolean special;

  private PatternText(String text) throws BadPatternException {
    this.text = text;
    this.tokens = Tokenizer.of(text, false);
  }

  /** The components that the text names, or says nothing of by naming a later one. */
  static Map<Component, String> divide(String text) throws BadPatternException {
    PatternText parser = new PatternText(text);
    while (parser.state != State.DONE) {
      parser.step = 1;
      parser.next(parser.tokens.get(parser.at));
      parser.at += parser.step;
    }
    if (parser.found.containsKey(Component.HOSTNAME)) {
      parser.found.putIfAbsent(Component.PORT, "");
    }
    return parser.found;
  }

  private void next(Token token) throws BadPatternException {
    if (token.type() == Type.END) {
      end();
    } else if (token.type() == Type.OPEN) {
      groups++;
    } else if (groups > 0) {
      groups -= token.type() == Type.CLOSE ? 1 : 0;
    } else {
      inside(token);
    }
  }

  private void end() {
    if (state == State.INIT) {
      back(State.INIT);
      if (tokens.get(at).isPlain("#")) {
        change(State.HASH, 1);
      } else {
        change(beginsSearch() ? State.SEARCH : State.PATHNAME, beginsSearch() ? 1 : 0);
      }
    } else if (state == State.AUTHORITY) {
      back(State.HOSTNAME);
    } else {
      change(State.DONE, 0);
    }
  }

  private void inside(Token token) throws BadPatternException {
    boolean path = token.isPlain("/");
    boolean search = beginsSearch();
    boolean hash = token.isPlain("#");
    switch (state) {
      case INIT -> {
        if (token.isPlain(":")) {
          back(State.PROTOCOL);
        }
      }
      case PROTOCOL -> {
        if (token.isPlain(":")) {
          afterProtocol();
        }
      }
      case AUTHORITY -> {
        if (token.isPlain("@")) {
          back(State.USERNAME);
        } else if (path || search || hash) {
          back(State.HOSTNAME);
        }
      }
      case USERNAME, PASSWORD -> {
        if (token.isPlain(":") && state == State.USERNAME) {
          change(State.PASSWORD, 1);
        } else if (token.isPlain("@")) {
          change(State.HOSTNAME, 1);
        }
      }
      case HOSTNAME -> host(token, path, search, hash);
      default -> later(path, search, hash);
    }
  }

  private void host(Token token, boolean path, boolean search, boolean hash) {
    if (token.isPlain("[")) {
      brackets++;
    } else if (token.isPlain("]")) {
      brackets--;
    } else if (token.isPlain(":") && brackets == 0) {
      change(State.PORT, 1);
    } else {
      later(path, search, hash);
    }
  }

  private void later(boolean path, boolean search, boolean hash) {
    if (path && state.compareTo(State.PATHNAME) < 0) {
      change(State.PATHNAME, 0);
    } else if (search && state.compareTo(State.SEARCH) < 0) {
      change(State.SEARCH, 1);
    } else if (hash && state.compareTo(State.HASH) < 0) {
      change(State.HASH, 1);
    }
  }

  private void afterProtocol() throws BadPatternException {
    var protocol = Component.PROTOCOL.compile(piece());
    special = Url.SPECIAL.keySet().stream().anyMatch(scheme -> protocol.matches(scheme));
    if (tokens.get(at + 1).isPlain("/") && tokens.get(at + 2).isPlain("/")) {
      change(State.AUTHORITY, 3);
    } else {
      change(special ? State.AUTHORITY : State.PATHNAME, 1);
    }
  }

  /** A question mark behind something that can be optional is a modifier. */
  private boolean beginsSearch() {
    Token token = tokens.get(at);
    if (token.isPlain("?")) {
      return true;
    }
    if (!token.value().equals("?")) {
      return false;
    }
    return at == 0
        || !EnumSet.of(Type.NAME, Type.REGEXP, Type.CLOSE, Type.ASTERISK)
            .contains(tokens.get(at - 1).type());
  }

  private String piece() {
    return text.substring(tokens.get(start).index(), tokens.get(at).index());
  }

  private void back(State other) {
    at = start;
    step = 0;
    state = other;
  }

  private void change(State other, int skip) {
    Component component = COMPONENTS.get(state);
    if (component != null) {
      found.put(component, piece());
    }
    if (state != State.INIT && other != State.DONE) {
      if (BEFORE_HOST.contains(state) && other.compareTo(State.PORT) >= 0) {
        found.putIfAbsent(Component.HOSTNAME, "");
      }
      if (state.compareTo(State.PORT) <= 0 && other.compareTo(State.SEARCH) >= 0) {
        found.putIfAbsent(Component.PATHNAME, special ? "/" : "");
      }
      if (state.compareTo(State.PATHNAME) <= 0 && other == State.HASH) {
        found.putIfAbsent(Component.SEARCH, "");
      }
    }
    state = other;
    at += skip;
    start = at;
    step = 0;
  }
}
