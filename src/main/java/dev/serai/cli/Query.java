package dev.serai.cli;

import org.jspecify.annotations.Nullable;

/** A path with the parameters that have a value. For one thread. */
final class Query {
  private final StringBuilder text;
  private char before = '?';

  Query(String path) {
    text = new StringBuilder(path);
  }

  /** Adds a parameter, unless it has no value. */
  Query with(String name, @Nullable Object value) {
    if (value != null) {
      text.append(before).append(name).append('=').append(JsonClient.encoded(value.toString()));
      before = '&';
    }
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
