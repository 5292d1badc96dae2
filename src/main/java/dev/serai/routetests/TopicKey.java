package dev.serai.routetests;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Routing keys of topic exchanges. */
final class TopicKey {
  private TopicKey() {}

  /** Whether a binding with {@code *} (one word) and {@code #} (any number of words) fits a key. */
  static boolean matches(String binding, String key) {
    String pattern =
        Arrays.stream(binding.split("\\.", -1))
            .map(
                word ->
                    switch (word) {
                      case "#" -> "(\\.[^.]*)*";
                      case "*" -> "\\.[^.]*";
                      default -> Pattern.quote("." + word);
                    })
            .collect(Collectors.joining());
    return Pattern.matches(pattern, "." + key);
  }
}
