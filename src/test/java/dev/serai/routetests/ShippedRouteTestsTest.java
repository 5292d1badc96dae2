package dev.serai.routetests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The tests beside the route files that are shipped. */
class ShippedRouteTestsTest {
  @TestFactory
  Stream<DynamicContainer> every_test_beside_a_route_is_good() {
    return new RouteTests(Path.of("routes"), Path.of("config")).all().stream().map(this::tests);
  }

  private DynamicContainer tests(RouteTests.TestsOfFile file) {
    List<DynamicTest> problems =
        file.problems().stream()
            .map(
                problem ->
                    DynamicTest.dynamicTest(
                        "the file can be read", () -> assertThat(problem.toString()).isEmpty()))
            .toList();
    Stream<DynamicTest> tests =
        file.tests().stream()
            .map(
                test ->
                    DynamicTest.dynamicTest(
                        test.name(),
                        () -> {
                          TestResult result = test.run();
                          assertThat(result.isGood())
                              .as(() -> System.lineSeparator() + result)
                              .isTrue();
                        }));
    return DynamicContainer.dynamicContainer(
        file.path().toString(), Stream.concat(problems.stream(), tests));
  }
}
