package dev.serai.files;

import java.nio.file.Path;
import org.apache.camel.dsl.yaml.common.exception.UnknownNodeIdException;
import org.apache.camel.dsl.yaml.common.exception.UnsupportedFieldException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * A route file that Camel cannot read.
 *
 * @param line from 1; 0 when Camel does not tell it
 * @param column from 1; 0 when Camel does not tell it
 * @param wrong what is wrong there, in one line
 * @param remedy what to do there
 */
public record BadRouteFile(Path file, int line, int column, String wrong, String remedy) {

  /** Finds the place in what Camel says. */
  public static BadRouteFile of(Path file, Exception failure) {
    MarkedYamlEngineException marked = marked(failure);
    if (marked == null) {
      String wrong = oneLine(String.valueOf(failure.getMessage()));
      return new BadRouteFile(file, 0, 0, wrong, "mend the file");
    }
    String problem = marked.getProblem();
    String wrong = oneLine(problem == null ? String.valueOf(marked.getMessage()) : problem);
    return marked
        .getProblemMark()
        .or(marked::getContextMark)
        .map(
            at ->
                new BadRouteFile(file, at.getLine() + 1, at.getColumn() + 1, wrong, remedy(marked)))
        .orElseGet(() -> new BadRouteFile(file, 0, 0, wrong, remedy(marked)));
  }

  private static String remedy(MarkedYamlEngineException failure) {
    if (failure instanceof UnknownNodeIdException) {
      return "write the name of a step that Camel knows";
    }
    return failure instanceof UnsupportedFieldException
        ? "write a key that this section has"
        : "mend the YAML at this place";
  }

  private static @Nullable MarkedYamlEngineException marked(Throwable failure) {
    Throwable cause = failure;
    while (cause != null && !(cause instanceof MarkedYamlEngineException)) {
      cause = cause.getCause();
    }
    return (MarkedYamlEngineException) cause;
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
