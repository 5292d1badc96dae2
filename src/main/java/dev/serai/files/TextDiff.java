package dev.serai.files;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.DiffAlgorithmFactory;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is not the same in two versions of a file, as {@code diff -u} writes it, without secrets.
 */
public final class TextDiff {
  private static final int MOST_LINES = 5000; // a comparison takes up to the square of it
  private static final int HEADINGS = 2;
  private static final int AROUND = 3; // lines that are the same, to find the place

  /** Both versions may differ in every line, which takes gigabytes otherwise. */
  private static final DiffAlgorithmFactory FRUGAL = MyersDiffWithLinearSpace.factory();

  private static final String NO_LINE_END = "\n\\ No newline at end of file";

  private TextDiff() {}

  /**
   * Compares two versions.
   *
   * @param path of the file
   * @param live the bytes that run; null when there are none
   * @param disk the bytes in the folder; null when there are none
   * @return lines, each with its end; one line in words when it is no text or too long; empty when
   *     both are the same
   */
  public static String of(String path, byte @Nullable [] live, byte @Nullable [] disk) {
    String before = text(live);
    String after = text(disk);
    if (before == null || after == null) {
      return path + " is no text\n";
    }
    if (before.lines().count() > MOST_LINES || after.lines().count() > MOST_LINES) {
      return "%s has more than %d lines\n".formatted(path, MOST_LINES);
    }
    SecretMask mask = new SecretMask(path, before, after);
    List<String> old = lines(mask.first("live"));
    List<String> now = lines(mask.second("on disk"));
    List<String> diff =
        UnifiedDiffUtils.generateUnifiedDiff(
            live == null ? "/dev/null" : path + "\tlive",
            disk == null ? "/dev/null" : path + "\ton disk",
            old,
            DiffUtils.diff(old, now, FRUGAL.create(), null),
            AROUND);
    return diff.isEmpty()
        ? ""
        : String.join("\n", inOrder(diff)).replaceFirst("(?m)^(@@ .*)\\+1,0 @@$", "$1+0,0 @@")
            + "\n";
  }

  /** What went before what came: the algorithm mixes them. */
  private static List<String> inOrder(List<String> diff) {
    List<String> ordered = new ArrayList<>(diff.subList(0, HEADINGS));
    List<String> came = new ArrayList<>();
    for (String line : diff.subList(HEADINGS, diff.size())) {
      if (line.startsWith("+")) {
        came.add(line);
      } else {
        if (!line.startsWith("-")) {
          ordered.addAll(came);
          came.clear();
        }
        ordered.add(line);
      }
    }
    ordered.addAll(came);
    return ordered;
  }

  private static @Nullable String text(byte @Nullable [] bytes) {
    try {
      ByteBuffer all = ByteBuffer.wrap(bytes == null ? new byte[0] : bytes);
      String text = StandardCharsets.UTF_8.newDecoder().decode(all).toString();
      return text.indexOf('\0') < 0 ? text : null;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    String last = lines.remove(lines.size() - 1);
    if (!last.isEmpty()) {
      lines.add(last + NO_LINE_END);
    }
    return lines.stream().map(TextDiff::visible).toList();
  }

  /** With the characters that would steer a terminal, and the end of a Windows line, as ^X. */
  private static String visible(String line) {
    StringBuilder text = new StringBuilder();
    line.chars()
        .forEach(
            c -> {
              if (c < ' ' && c != '\t' && c != '\n') {
                text.append('^').append((char) (c + '@'));
              } else if (c >= 0x7f && c < 0xa0) {
                text.append("^?");
              } else {
                text.append((char) c);
              }
            });
    return text.toString();
  }
}
