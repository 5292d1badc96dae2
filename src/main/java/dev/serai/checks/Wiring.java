package dev.serai.checks;

import dev.serai.javadsl.JavaRoutes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What route files take messages from and where they send them.
 *
 * @param requests that are answered over HTTP
 * @param parts routes, policies and kamelets
 * @param problems of files that cannot be read; nothing of these is in it
 */
public record Wiring(List<Request> requests, List<Part> parts, List<RouteProblem> problems) {

  /**
   * A verb of a rest block.
   *
   * @param file below the folder of the routes
   * @param method in capitals
   * @param to what it calls
   */
  public record Request(String file, String method, String path, Call to) {}

  /**
   * A route, a policy or a kamelet; of a template, the routes that are made of it.
   *
   * @param kind {@code route}, {@code routeConfiguration} or {@code kamelet}
   * @param file below the folder of the routes
   * @param description in one line; may be empty
   * @param policy that it asks for; may be empty
   * @param from its input; a policy has none
   * @param calls of endpoints and beans
   */
  public record Part(
      String kind,
      String file,
      String id,
      String description,
      String policy,
      Optional<Call> from,
      List<Call> calls) {}

  /**
   * A use of an endpoint or of a bean.
   *
   * @param scheme of the endpoint; {@code bean} for a bean
   * @param name what follows it, without a query; may be empty
   * @param exchange that it names; may be empty
   * @param key with which it sends there; may be empty
   * @param queues that it consumes
   */
  public record Call(
      String scheme, String name, String exchange, String key, List<String> queues) {}

  /**
   * Reads files.
   *
   * @param files bytes by the path below the folder
   * @param folder of the routes, to show paths as a person sees them
   */
  public static Wiring of(Map<String, byte[]> files, Path folder, JavaRoutes java) {
    List<RouteProblem> problems = new ArrayList<>();
    List<RouteFile> good = RouteChecks.readable(files, folder, java, problems);
    WiringReader reader = new WiringReader(good);
    return new Wiring(reader.requests(), reader.parts(), problems);
  }
}
