package dev.serai.packs;

import dev.serai.checks.RouteProblem;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;

/** A route file could not be loaded; everything is as it was before, but what is lost. */
final class NotStartedException extends Exception {
  private static final long serialVersionUID = 1L;

  private static final Pattern STEP = Pattern.compile(" at: >>> \\w+\\[(.+?)] <<< in route: ");

  private final String path;
  private final transient Set<String> lost;

  /**
   * What has failed.
   *
   * @param lost files that ran before and could not be put back
   */
  NotStartedException(String path, Throwable cause, Set<String> lost) {
    super(path + " did not start", cause);
    this.path = path;
    this.lost = Set.copyOf(lost);
  }

  /** Files that ran before and do not any more. */
  Set<String> lost() {
    return lost;
  }

  /** The file, as a person sees it. */
  String path() {
    return path;
  }

  /**
   * What Camel says, with the key of a value in the place of the value, which may be a secret;
   * where the step stands, or else the id of the route.
   *
   * @param values that the file is built with, by their keys
   * @param text of the file
   */
  RouteProblem problem(Map<String, String> values, String text) {
    Optional<String> route = route();
    Matcher id =
        Pattern.compile("(?<![\\w-])" + Pattern.quote(route.orElse("")) + "(?![\\w-])")
            .matcher(text);
    int begin = route.isPresent() && id.find() ? id.start() : 0;
    ValueMask mask = new ValueMask(values);
    int at = step().map(mask::masked).map(step -> onlyPlace(step, text, begin)).orElse(begin);
    return new RouteProblem(
        "not-started",
        path,
        1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count(),
        at - text.lastIndexOf('\n', at - 1),
        "%s cannot be started: %s"
            .formatted(
                route.map(name -> "route " + name).orElse("it"), mask.masked(innermost(this))),
        lost.isEmpty()
            ? "mend that and save; what ran before runs on"
            : "mend that and save; " + String.join(", ", lost) + " cannot run until then");
  }

  /** The route, where Camel says it. */
  private Optional<String> route() {
    for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof FailedToCreateRouteException created) {
        return Optional.ofNullable(created.getRouteId());
      }
      if (cause instanceof FailedToStartRouteException started) {
        return Optional.ofNullable(started.getRouteId());
      }
    }
    return Optional.empty();
  }

  /** What Camel shows of the step, such as its address. */
  private Optional<String> step() {
    for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
      Matcher step = STEP.matcher(String.valueOf(cause.getMessage()));
      if (cause instanceof FailedToCreateRouteException && step.find()) {
        return Optional.of(step.group(1));
      }
    }
    return Optional.empty();
  }

  /** Where a word stands behind the beginning of a route; that beginning, if it is not clear. */
  private static int onlyPlace(String word, String text, int begin) {
    int at = text.indexOf(word, begin);
    return at >= 0 && at == text.lastIndexOf(word) ? at : begin;
  }

  private static String innermost(Throwable failure) {
    Throwable inner = failure;
    while (inner.getCause() != null && inner.getCause() != inner) {
      inner = inner.getCause();
    }
    String message = String.valueOf(inner.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
    return message.contains(" ") ? message : inner.getClass().getSimpleName() + ": " + message;
  }
}
