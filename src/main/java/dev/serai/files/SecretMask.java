package dev.serai.files;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides what may be a secret in two versions of a file, so that it can still be seen whether it is
 * the same in both. Goes by the words of each line, because a file that is no YAML is shown too.
 */
final class SecretMask {
  private static final String HIDDEN = "******";

  /** A word with what is set to it: {@code key: value} or {@code key=value}. */
  private static final Pattern SETTING =
      Pattern.compile("(?<![A-Za-z0-9_.-])([A-Za-z0-9_.-]++)[\"']?+\\s*+[:=](?!//)\\s*+");

  private static final Pattern KEY = Pattern.compile("(?i).*key");
  private static final Pattern NO_SECRET_KEY = Pattern.compile("(?i).*(routing|binding)-?key");

  /** A value that only says where the secret is: {@code ${NAME}}, {@code {{key}}}, nothing. */
  private static final Pattern ELSEWHERE =
      Pattern.compile("[\"']?(\\$\\{[^:}]+:?}|\\{\\{[^}:]+}})?[\"']?\\s*(#.*)?");

  private static final Pattern LOGIN = Pattern.compile("(?<=://)[^/\\s@]+(?=@)");

  private final boolean values;
  private final List<Part> first;
  private final List<Part> second;

  /** A piece of a text; the name is that of a secret, or empty. */
  private record Part(String name, String text) {}

  private record Section(int indent, String key) {}

  /**
   * Finds the secrets of both.
   *
   * @param path of the file; in one of values, every {@code …key} is a secret
   */
  SecretMask(String path, String first, String second) {
    this.values = !RouteFolder.isRoutes(path) && !path.endsWith("/" + RouteFolder.TOPOLOGY);
    this.first = parts(first);
    this.second = parts(second);
  }

  /** The first text; what is another secret in the second says so in these words. */
  String first(String where) {
    return masked(first, second, where);
  }

  /** The second text. */
  String second(String where) {
    return masked(second, first, where);
  }

  private static String masked(List<Part> parts, List<Part> others, String where) {
    Set<Part> same = new HashSet<>(others);
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      if (part.name().isEmpty()) {
        text.append(part.text());
      } else {
        text.append(HIDDEN).append(same.contains(part) ? "" : " (" + where + ")");
      }
    }
    return text.toString();
  }

  private List<Part> parts(String text) {
    List<Part> parts = new ArrayList<>();
    Deque<Section> way = new ArrayDeque<>();
    int hiddenBelow = -1; // indent of a secret whose value may go on in the next lines
    for (String line : text.split("(?<=\n)")) {
      String words = line.stripTrailing();
      int indent = words.length() - words.stripLeading().length();
      boolean goesOn =
          indent > hiddenBelow || words.startsWith("-", indent) && indent == hiddenBelow;
      if (hiddenBelow >= 0 && goesOn && !words.isEmpty()) {
        parts.add(new Part("", words.substring(0, indent)));
        parts.add(new Part(name(way), words.substring(indent)));
      } else {
        hiddenBelow = words.isEmpty() ? hiddenBelow : add(words, indent, way, parts) ? indent : -1;
      }
      parts.add(new Part("", line.substring(words.length())));
    }
    return parts;
  }

  /** Adds a line, and says whether it ends in a secret. */
  private boolean add(String line, int indent, Deque<Section> way, List<Part> parts) {
    Matcher setting = SETTING.matcher(line);
    boolean outer = true;
    while (setting.find()) {
      if (outer) {
        while (!way.isEmpty() && way.peek().indent() >= indent) {
          way.pop();
        }
        way.push(new Section(indent, setting.group(1)));
        outer = false;
      }
      if (isSecret(setting.group(1))) {
        String value = line.substring(setting.end());
        parts.add(new Part("", line.substring(0, setting.end())));
        boolean elsewhere = ELSEWHERE.matcher(value).matches();
        parts.add(new Part(elsewhere ? "" : name(way) + "." + setting.group(1), value));
        return true;
      }
    }
    addWithoutLogins(line, way, parts);
    return false;
  }

  private static void addWithoutLogins(String line, Deque<Section> way, List<Part> parts) {
    Matcher login = LOGIN.matcher(line);
    int at = 0;
    while (login.find()) {
      parts.add(new Part("", line.substring(at, login.start())));
      parts.add(new Part(name(way) + "@", login.group()));
      at = login.end();
    }
    parts.add(new Part("", line.substring(at)));
  }

  private static String name(Deque<Section> way) {
    StringBuilder name = new StringBuilder("-");
    way.descendingIterator().forEachRemaining(section -> name.append('.').append(section.key()));
    return name.toString();
  }

  private boolean isSecret(String key) {
    return SecretKeys.isOne(key)
        || (values && KEY.matcher(key).matches() && !NO_SECRET_KEY.matcher(key).matches());
  }
}
