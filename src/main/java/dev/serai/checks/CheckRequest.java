package dev.serai.checks;

import dev.serai.files.Folders;
import dev.serai.files.RouteFolder;
import dev.serai.files.Snapshot;
import dev.serai.http.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Answers {@code POST /routes/check}: what would be wrong if the body were a route file. Bean
 * {@code routeCheck} of {@code routes/shared/operator/routes.camel.yaml}. Touches nothing.
 */
@Component("routeCheck")
class CheckRequest {
  /** A name below the folder of the routes and nowhere else. */
  private static final Pattern NAME =
      Pattern.compile(
          "[a-z0-9][a-z0-9-]*/(topology\\.yaml|([a-z0-9-]+/)*[a-z0-9-]+\\.(camel|kamelet)\\.yaml)");

  private final Folders folders;
  private final FolderCheck check;

  CheckRequest(Folders folders, FolderCheck check) {
    this.folders = folders;
    this.check = check;
  }

  /**
   * Checks a file together with all that are there: what is wrong in it, and what would be wrong in
   * others because of it, unless it cannot be read at all.
   *
   * @param path of the file, such as {@code debias/store-event.camel.yaml}; it need not exist
   * @param body what it would hold
   * @throws ProblemException {@code bad-path} when the path cannot be that of a route file
   */
  public Map<String, List<RouteProblem>> check(
      @Header("path") @Nullable String path, @Body @Nullable InputStream body)
      throws ProblemException, IOException {
    if (path != null && path.endsWith(RouteFolder.JAVA)) {
      throw new ProblemException(
          400,
          "bad-path",
          "A file in Java is not taken over HTTP, because its check runs it; use ./serai check.",
          List.of());
    }
    if (path == null || !NAME.matcher(path).matches()) {
      throw new ProblemException(
          400,
          "bad-path",
          "Name the file with ?path=<pack>/<verb-object>.camel.yaml or <pack>/topology.yaml, in"
              + " small letters, digits and hyphens.",
          List.of());
    }
    String file = folders.routes().resolve(path).toString();
    Snapshot disk = folders.look();
    byte[] bytes = body == null ? new byte[0] : body.readNBytes(RouteFolder.MOST_BYTES + 1);
    boolean isRead =
        path.endsWith(RouteFolder.TOPOLOGY)
            || RouteFile.read(path, file, bytes).problems().isEmpty();
    Set<RouteProblem> before = new HashSet<>(check.check(disk).problems());
    return Map.of(
        "problems",
        check.check(disk.with(file, bytes)).problems().stream()
            .filter(problem -> problem.file().equals(file) || isRead && !before.contains(problem))
            .toList());
  }
}
