package dev.serai.checks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The keys of values that Serai's classes name. Read when first asked for, and kept: classes do not
 * change. Thread-safe.
 */
final class ClassWords {
  private static final String CLASSES = "classpath*:dev/serai/**/*.class";

  /** Words with a dot: what annotations and calls name stands in class files as it is. */
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)+");

  private static final ClassWords ALL = new ClassWords();

  private final TreeSet<String> words = new TreeSet<>();

  /** Class files whose fields are named as keys of a section ({@code @ConfigurationProperties}). */
  private final List<String> sections = new ArrayList<>();

  private ClassWords() {
    try {
      for (Resource file : new PathMatchingResourcePatternResolver().getResources(CLASSES)) {
        try (InputStream bytes = file.getInputStream()) {
          read(new String(bytes.readAllBytes(), StandardCharsets.ISO_8859_1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The classes of Serai cannot be read", e);
    }
  }

  private void read(String constants) {
    WORD.matcher(constants).results().map(MatchResult::group).forEach(words::add);
    if (constants.contains("/ConfigurationProperties;")) {
      sections.add(constants);
    }
  }

  /** Whether a class reads this key, as a whole or as a field of a section. */
  static boolean name(String key) {
    return UnusedValues.isBeginOfOne(ALL.words, key)
        || ALL.sections.stream().anyMatch(constants -> isField(constants, key));
  }

  private static boolean isField(String constants, String key) {
    for (int dot = key.indexOf('.'); dot > 0; dot = key.indexOf('.', dot + 1)) {
      String field = camelCase(key.substring(dot + 1).replaceFirst("\\..*", ""));
      if (constants.contains(constant(key.substring(0, dot)))
          && constants.contains(constant(field))) {
        return true;
      }
    }
    return false;
  }

  /** A text as class files hold it: CONSTANT_Utf8, its length in two bytes, itself. */
  private static String constant(String text) {
    return "\u0001" + (char) (text.length() >> 8) + (char) (text.length() & 0xff) + text;
  }

  private static String camelCase(String key) {
    Matcher word = Pattern.compile("-(.)").matcher(key);
    return word.replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
  }
}
