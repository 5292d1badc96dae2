package dev.serai.packs;

import dev.serai.files.SecretKeys;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes values out of what Camel says, which may have a secret in them: as a whole and in parts,
 * because Camel writes addresses in another form, with their options sorted, encoded or decoded.
 */
final class ValueMask {
  private static final int SHORTEST_SECRET = 3;
  private static final int SHORTEST_PART = 4;
  private static final Comparator<String> LONGEST_FIRST =
      Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder());

  /** A piece of an address, with what stands before and after it. */
  private static final Pattern PART =
      Pattern.compile("(^|[:/?&=@+,;\\s])([^:/?&=@+,;\\s]+)(?=(.?))");

  /** What Camel says by itself too: hiding it would only garble the message. */
  private static final Pattern PLAIN = Pattern.compile("[a-z]{1,8}|\\d{1,5}");

  private final Map<String, String> keys = new TreeMap<>(LONGEST_FIRST);

  /** Hides some values, by their keys. */
  ValueMask(Map<String, String> values) {
    values.forEach(this::add);
  }

  private void add(String key, String value) {
    boolean isSecret = SecretKeys.isOne(key);
    if (value.length() >= SHORTEST_SECRET && (isSecret || !PLAIN.matcher(value).matches())) {
      hide(value, key);
      hide(value.replaceFirst("^[^:]*:/*", ""), key); // Camel writes x:y as x://y
    }
    Matcher part = PART.matcher(value);
    while (part.find()) {
      boolean isGiven = part.group(1).equals("=") || part.group(3).equals("@"); // option, login
      if (part.group(2).length() >= SHORTEST_PART
          && (isSecret || isGiven || !PLAIN.matcher(part.group(2)).matches())) {
        hide(part.group(2), key);
      }
    }
  }

  private void hide(String text, String key) {
    if (text.length() >= SHORTEST_SECRET) {
      keys.putIfAbsent(text, key);
      keys.putIfAbsent(URLEncoder.encode(text, StandardCharsets.UTF_8), key);
      keys.putIfAbsent(decoded(text), key);
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) { // a % that encodes nothing
      return text;
    }
  }

  /** A text with the key in the place of each value. */
  String masked(String text) {
    Map<String, String> hidden = new TreeMap<>(); // what has been put in is not looked at again
    String masked = text;
    for (Map.Entry<String, String> value : keys.entrySet()) {
      String mark = (char) ('\uE000' + hidden.size()) + "";
      if (masked.contains(value.getKey())) {
        masked = masked.replace(value.getKey(), mark);
        hidden.put(mark, "{{" + value.getValue() + "}}");
      }
    }
    for (Map.Entry<String, String> mark : hidden.entrySet()) {
      masked = masked.replace(mark.getKey(), mark.getValue());
    }
    return masked;
  }
}
