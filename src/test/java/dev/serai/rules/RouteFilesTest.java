package dev.serai.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.Yaml;

/** What every shipped route file keeps to. */
class RouteFilesTest {
  private static final Path ROUTES = Path.of("routes");

  @TestFactory
  Stream<DynamicTest> every_route_is_named_described_and_has_a_policy() throws IOException {
    Set<String> policies = policies();
    return routeFiles().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.toString(), () -> assertThat(faults(file, policies)).isEmpty()));
  }

  @Test
  void sees_a_route_without_description_and_with_a_misspelled_policy() throws IOException {
    Path file = Files.createTempDirectory("routes").resolve("debias/store-event.camel.yaml");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        - route:
            id: debias-store-event
            routeConfigurationId: retry-then-prak
            from:
              uri: direct:x?block=false
        """);

    assertThat(faults(file, Set.of("retry-then-park")))
        .containsExactly(
            "debias-store-event has no description",
            "debias-store-event asks for the unknown policy retry-then-prak",
            "a uri holds a query string: direct:x?block=false");
  }

  private static List<String> faults(Path file, Set<String> policies) throws IOException {
    List<String> faults = new ArrayList<>();
    for (Map<String, Object> entry : entries(file)) {
      Object kind = entry.keySet().iterator().next();
      if (kind.equals("route")) {
        Map<String, Object> route = section(entry, "route");
        String id = String.valueOf(route.get("id"));
        if (route.get("description") == null) {
          faults.add(id + " has no description");
        }
        if (!policies.contains(String.valueOf(route.get("routeConfigurationId")))) {
          faults.add(id + " asks for the unknown policy " + route.get("routeConfigurationId"));
        }
      }
    }
    Files.readAllLines(file).stream()
        .map(String::strip)
        .filter(line -> line.matches("(- )?(uri|to): [^\"']*\\?.*"))
        .map(line -> "a uri holds a query string: " + line.replaceFirst("^(- )?(uri|to): ", ""))
        .forEach(faults::add);
    return faults;
  }

  private static Set<String> policies() throws IOException {
    return routeFiles().stream()
        .flatMap(file -> entries(file).stream())
        .filter(entry -> entry.containsKey("routeConfiguration"))
        .map(entry -> String.valueOf(section(entry, "routeConfiguration").get("id")))
        .collect(Collectors.toSet());
  }

  private static List<Path> routeFiles() throws IOException {
    try (Stream<Path> files = Files.walk(ROUTES)) {
      return files.filter(file -> file.toString().endsWith(".camel.yaml")).sorted().toList();
    }
  }

  private static List<Map<String, Object>> entries(Path file) {
    try {
      return new Yaml().load(Files.readString(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked") // a section of a route file is a mapping
  private static Map<String, Object> section(Map<String, Object> entry, String name) {
    return (Map<String, Object>) entry.get(name);
  }
}
