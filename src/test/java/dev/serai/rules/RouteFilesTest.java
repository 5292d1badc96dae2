package dev.serai.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What every shipped route file keeps to. */
class RouteFilesTest {
  private static final Path ROUTES = Path.of("routes");
  private static final Set<String> POLICIES = Set.of("retry-then-park");

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> a_file_is_one_described_route_with_a_policy_named_by_its_path()
      throws IOException {
    List<RouteFile> files = RouteFile.all(ROUTES);
    Set<String> policies =
        files.stream().flatMap(file -> file.policies().stream()).collect(Collectors.toSet());
    return files.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.path().toString(), () -> assertThat(file.faults(policies)).isEmpty()));
  }

  @Test
  void every_id_is_the_only_one_of_its_name() throws IOException {
    assertThat(RouteFile.all(ROUTES).stream().flatMap(file -> file.ids().stream()).toList())
        .hasSizeGreaterThan(50)
        .doesNotHaveDuplicates();
  }

  @Test
  void sees_every_fault_of_a_route() throws IOException {
    RouteFile file =
        read(
            "debias/store-event.camel.yaml",
            """
            - route:
                id: debias-store-events
                routeConfigurationId: retry-then-prak
                from:
                  uri: direct:debias-store?block=false
                  steps:
                    - to:
                        id: debias-inside
                        uri: direct:debias-other
                    - choice:
                        when:
                          - simple: ${body}
                            steps:
                              - to: spring-rabbitmq:default
            """
                + "#\n".repeat(47));

    assertThat(file.faults(POLICIES))
        .containsExactly(
            "61 lines, at most 60",
            "holds [debias-store-events] instead of debias-store-event",
            "debias-store-events has no description",
            "debias-store-events asks for the unknown policy retry-then-prak",
            "debias-store-events is reached as direct:debias-store?block=false",
            "a uri is more than a scheme: direct:debias-store?block=false",
            "direct:debias-other needs no id",
            "a uri is more than a scheme: spring-rabbitmq:default",
            "the call of spring-rabbitmq:default has no id of this pack");
  }

  @Test
  void sees_a_second_route_in_a_file() throws IOException {
    String route =
        """
        - route:
            id: debias-%s
            description: One of two.
            routeConfigurationId: retry-then-park
            from:
              uri: direct:debias-%1$s
        """;
    RouteFile file =
        read("debias/one.camel.yaml", route.formatted("one") + route.formatted("other"));

    assertThat(file.faults(POLICIES))
        .containsExactly("holds [debias-one, debias-other] instead of debias-one");
  }

  @Test
  void sees_what_does_not_belong_to_a_resource() throws IOException {
    RouteFile file =
        read(
            "shared/operator/queues.camel.yaml",
            """
            - rest:
                path: /dlq
                get:
                  - routeId: shared-get-dlq
                    to: direct:shared-operator-list
            - route:
                id: shared-operator-other
                description: Is called by nobody here.
                routeConfigurationId: retry-then-park
                from:
                  uri: direct:shared-operator-other
            """);

    assertThat(file.faults(POLICIES))
        .containsExactly(
            "is not named after its resource dlq",
            "verb shared-get-dlq does not begin with shared-operator-",
            "shared-operator-other is no route of this resource");
  }

  @Test
  void sees_a_policy_under_another_name() throws IOException {
    RouteFile file =
        read(
            "shared/policies/retry-then-park.camel.yaml",
            """
            - routeConfiguration:
                id: retry-then-prak
            """);

    assertThat(file.faults(POLICIES)).containsExactly("holds other policies than retry-then-park");
  }

  private RouteFile read(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return RouteFile.read(folder, Files.writeString(file, text));
  }
}
