package dev.serai.hub;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A test that takes long, of which many want the same result one after the other. Thread-safe. */
final class Remembered implements Predicate<String> {
  private final Predicate<String> test;
  private volatile @Nullable Result latest;

  private record Result(String text, boolean passed) {}

  Remembered(Predicate<String> test) {
    this.test = test;
  }

  @Override
  public boolean test(String text) {
    Result known = latest;
    if (known == null || !known.text().equals(text)) {
      known = new Result(text, test.test(text));
      latest = known;
    }
    return known.passed();
  }
}
