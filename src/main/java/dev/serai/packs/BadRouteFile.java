package dev.serai.packs;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.dsl.yaml.common.exception.UnknownNodeIdException;
import org.apache.camel.dsl.yaml.common.exception.UnsupportedFieldException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * A route file that cannot be used.
 *
 * @param place the file, with line and column where they are known
 * @param wrong what is wrong there, in one line
 * @param remedy what to do there
 */
record BadRouteFile(Path file, String place, String wrong, String remedy) {

  /** Finds the place in what Camel says. */
  static BadRouteFile of(Path file, Exception failure) {
    MarkedYamlEngineException marked = marked(failure);
    if (marked == null) {
      return new BadRouteFile(
          file, file.toString(), oneLine(String.valueOf(failure.getMessage())), "mend the file");
    }
    Optional<Mark> mark = marked.getProblemMark().or(marked::getContextMark);
    String place =
        mark.map(at -> file + ":" + (at.getLine() + 1) + ":" + (at.getColumn() + 1))
            .orElse(file.toString());
    String problem = marked.getProblem();
    return new BadRouteFile(
        file,
        place,
        oneLine(problem == null ? String.valueOf(marked.getMessage()) : problem),
        remedy(marked));
  }

  private static String remedy(MarkedYamlEngineException failure) {
    if (failure instanceof UnknownNodeIdException) {
      return "write the name of a step or section that Camel knows";
    }
    return failure instanceof UnsupportedFieldException
        ? "write a key that this section has"
        : "mend the YAML at this place";
  }

  /** One line for the log: where, what and what to do. */
  String message() {
    return "bad-route-file: %s: %s; %s, and restart: the file is left out until then"
        .formatted(place, wrong, remedy);
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
