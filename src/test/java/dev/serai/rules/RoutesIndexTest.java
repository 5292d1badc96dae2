package dev.serai.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** routes/README.md is the index of all route files; this test writes what it must be. */
class RoutesIndexTest {
  private static final Path ROUTES = Path.of("routes");
  private static final Path MADE = Path.of("target/routes-README.md");

  private static final String HEAD =
      """
      # Routes

      All behaviour is in the files below this folder; the values they read are in `config/`. A route's id is its path:
      `debias/store-points.camel.yaml` is `debias-store-points`, and so would be `debias/StorePoints.java`; a file with a `rest:`
      block is named after the resource and holds its routes. What happens on failure is a policy in `shared/policies`, described in `src/docs/delivery.md`.

      This page is made from the files by `RoutesIndexTest`, which leaves it in `target/routes-README.md`: copy it from there.
      """;

  @Test
  void the_index_names_every_route_as_its_file_has_it() throws IOException {
    String index = index();
    Files.writeString(MADE, index);

    assertThat(ROUTES.resolve("README.md"))
        .as("is made from the route files: cp target/routes-README.md routes/README.md")
        .hasContent(index);
  }

  private static String index() throws IOException {
    List<RouteFile> all = RouteFile.all(ROUTES);
    Map<String, List<RouteFile>> packs =
        all.stream()
            .collect(
                Collectors.groupingBy(
                    file -> file.path().getName(0).toString(), TreeMap::new, Collectors.toList()));
    StringBuilder page = new StringBuilder(HEAD);
    packs.forEach((pack, files) -> page.append(section(pack, files, all)));
    return page.toString();
  }

  private static String section(String pack, List<RouteFile> files, List<RouteFile> all) {
    Path readme = ROUTES.resolve(pack).resolve("README.md");
    String more =
        Files.exists(readme) ? "\nWhat it is for: [%s](%1$s/README.md).\n".formatted(pack) : "";
    String policies =
        files.stream()
            .flatMap(file -> file.policyTexts().map(text -> row(text, file)))
            .collect(Collectors.joining());
    return "\n## "
        + pack
        + "\n"
        + more
        + (policies.isEmpty() ? "" : "\n| policy | what it does |\n|---|---|\n" + policies)
        + "\n| route | from | to | policy | what it does |\n|---|---|---|---|---|\n"
        + files.stream()
            .flatMap(file -> file.routes().stream().map(route -> row(route, file, all)))
            .collect(Collectors.joining());
  }

  private static String row(Map.Entry<String, String> policy, RouteFile file) {
    return "| [`%s`](%s) | %s |\n".formatted(policy.getKey(), file.path(), policy.getValue());
  }

  private static String row(Map<String, Object> route, RouteFile file, List<RouteFile> all) {
    return "| [`%s`](%s) | %s | %s | %s | %s |\n"
        .formatted(
            route.get("id"),
            file.path(),
            from(route, all),
            to(route),
            "`" + route.get("routeConfigurationId") + "`",
            oneLine(route.get("description")));
  }

  /** The request or the queue that it takes, or nothing when other routes call it. */
  private static String from(Map<String, Object> route, List<RouteFile> all) {
    String id = String.valueOf(route.get("id"));
    List<String> requests = all.stream().flatMap(file -> file.requests(id).stream()).toList();
    return requests.isEmpty() ? RouteFile.queue(route).orElse("") : code(requests.stream());
  }

  private static String to(Map<String, Object> route) {
    return code(RouteFile.targets(route).map(uri -> uri.replaceFirst("^direct:", "")).distinct());
  }

  private static String code(Stream<String> words) {
    return words.map(word -> "`" + word + "`").collect(Collectors.joining(", "));
  }

  static String oneLine(Object text) {
    return Objects.toString(text).strip().replaceAll("\\s+", " ").replace("|", "\\|");
  }
}
