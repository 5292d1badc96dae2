package dev.serai.hub;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What somebody may follow beside what is public.
 *
 * @param privates whether private updates with these topics are among it
 * @param expires when this ends, and with it the stream; null: never
 * @param subject who it is; null: nobody says so
 */
public record Leave(
    Predicate<List<String>> privates, @Nullable Instant expires, @Nullable String subject) {

  /** Of whom nobody knows: none. */
  public static final Leave NONE = new Leave(topics -> false, null, null);
}
