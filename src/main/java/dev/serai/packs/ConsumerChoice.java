package dev.serai.packs;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Which consumers run in this process, by route id: {@code serai.consume}.
 *
 * <p>{@code none} makes a publisher only; otherwise patterns separated by commas, where {@code *}
 * stands for any text; empty means all.
 */
@Component
class ConsumerChoice {
  /** What every instance has to hear, for clients or caches that any of them may have. */
  private static final Pattern HEARD = Pattern.compile("[a-z]+-hear-.*");

  private final List<Pattern> patterns;

  ConsumerChoice(@Value("${serai.consume}") String choice) {
    String text = choice.isBlank() ? "*" : choice;
    this.patterns =
        text.strip().equals("none")
            ? List.of()
            : Arrays.stream(text.split(",")).map(ConsumerChoice::glob).toList();
  }

  /** Whether the consumer of the route with this id runs here; what all instances hear does. */
  boolean includes(String routeId) {
    return HEARD.matcher(routeId).matches()
        || patterns.stream().anyMatch(pattern -> pattern.matcher(routeId).matches());
  }

  private static Pattern glob(String text) {
    return Pattern.compile(
        Arrays.stream(text.strip().split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*")));
  }
}
