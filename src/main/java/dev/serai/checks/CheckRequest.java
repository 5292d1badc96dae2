package dev.serai.checks;

import dev.serai.files.RouteFolder;
import dev.serai.http.ProblemException;
import dev.serai.topology.Topologies;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.stereotype.Component;

/**
 * Answers {@code POST /routes/check}: what would be wrong if the body were a route file. Bean
 * {@code routeCheck} of {@code routes/shared/operator/routes.camel.yaml}. Touches nothing.
 */
@Component("routeCheck")
class CheckRequest {
  /** A name below the folder of the routes and nowhere else. */
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)+\\.camel\\.yaml");

  private final Path routes;
  private final ConfigurableEnvironment environment;
  private final Topologies topologies;

  CheckRequest(
      @Value("${serai.routes}") Path routes,
      ConfigurableEnvironment environment,
      Topologies topologies) {
    this.routes = routes;
    this.environment = environment;
    this.topologies = topologies;
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
    if (path == null || !NAME.matcher(path).matches()) {
      throw new ProblemException(
          400,
          "bad-path",
          "Name the file with ?path=<pack>/<verb-object>.camel.yaml, in small letters, digits and"
              + " hyphens.",
          List.of());
    }
    SortedMap<String, byte[]> files = RouteFolder.read(routes);
    files.put(path, body.readNBytes(RouteFile.MOST_BYTES + 1));
    RouteChecks checks = new RouteChecks(Known.of(environment, topologies));
    String file = routes.resolve(path).toString();
    return Map.of(
        "problems",
        checks.check(files, routes).stream().filter(p -> p.file().equals(file)).toList());
  }
}
