package dev.serai.console;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/**
 * Makes a start that fails with one of our named errors ({@code data-folder-in-use: …}) say that
 * alone: such a message holds its own remedy, a stack trace would only hide it.
 */
class NamedFailureAnalyzer implements FailureAnalyzer {
  private static final Pattern NAMED = Pattern.compile("^[a-z]+(-[a-z]+)+: ", Pattern.DOTALL);

  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    Throwable cause = failure;
    while (cause != null) {
      String message = cause.getMessage();
      if (message != null && NAMED.matcher(message).find()) {
        return new FailureAnalysis(message, null, cause);
      }
      cause = cause.getCause();
    }
    return null;
  }
}
