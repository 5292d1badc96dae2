package dev.serai.checks;

import dev.serai.files.Folders;
import dev.serai.files.RouteFolder;
import dev.serai.files.Snapshot;
import dev.serai.http.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
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
   * Checks a file together with all that are there.
   *
   * @param path of the file, such as {@code debias/store-event.camel.yaml}; it need not exist
   * @param body what it would hold
   * @throws ProblemException {@code bad-path} when the path cannot be that of a route file
   */
  public Map<String, List<RouteProblem>> check(
      @Header("path") @Nullable String path, @Body InputStream body)
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
    Snapshot asked = disk.with(file, body.readNBytes(RouteFile.MOST_BYTES + 1));
    return Map.of(
        "problems",
        check.check(asked).problems().stream().filter(p -> p.file().equals(file)).toList());
  }
}
