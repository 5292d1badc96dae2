package dev.serai.topology;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the word that was probably meant. */
public final class Closest {
  private static final int FARTHEST = 3;

  /** A shorter word is near to many that have nothing in common with it. */
  private static final int LONG = 4;

  private static final int SHORTEST = 3;

  private Closest() {}

  /** The known word that differs least, by at most three letters; of short words, by one. */
  public static Optional<String> to(String word, Collection<String> known) {
    if (word.length() < SHORTEST) {
      return Optional.empty();
    }
    LevenshteinDistance distance = new LevenshteinDistance(word.length() < LONG ? 1 : FARTHEST);
    return known.stream()
        .filter(other -> other.length() >= SHORTEST)
        .filter(other -> distance.apply(word, other) >= 0)
        .min(Comparator.comparing(other -> distance.apply(word, other)));
  }

  /** What to write instead; something else when no word is near. */
  static String advice(String word, Collection<String> known, String otherwise) {
    return to(word, known).map(match -> "did you mean \"" + match + "\"?").orElse(otherwise);
  }
}
