package dev.serai.topology;

import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import java.util.Optional;

/** What a partition key may be, as far as that can be seen without a message. */
final class PartitionKeyText {
  private PartitionKeyText() {}

  /** Why a text is no key; empty when it is one. */
  static Optional<String> objection(String text) {
    String key = text.strip();
    if (key.startsWith("$") && !key.startsWith("${")) {
      return path(key);
    }
    if (!key.contains("${") && !key.matches("[\\w.:-]+")) {
      return Optional.of(
          "\"%s\" is neither a header's name nor a path nor an expression".formatted(key));
    }
    return key.contains("${") && !key.contains("}")
        ? Optional.of("\"%s\" has no end of its expression".formatted(key))
        : Optional.empty();
  }

  private static Optional<String> path(String key) {
    try {
      return JsonPath.compile(key).isDefinite()
          ? Optional.empty()
          : Optional.of("\"%s\" can lead to several values".formatted(key));
    } catch (InvalidPathException e) {
      return Optional.of("\"%s\" is no JSON path: %s".formatted(key, e.getMessage()));
    }
  }
}
