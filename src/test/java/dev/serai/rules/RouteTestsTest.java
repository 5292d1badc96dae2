package dev.serai.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.files.RouteFolder;
import dev.serai.routetests.RouteTests;
import dev.serai.routetests.TestResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** The tests beside the route files: all are good, and each route has its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteTestsTest {
  private static final Path ROUTES = Path.of("routes");
  private static final String LEFT_TO_CALLER = "leave-to-caller";

  private final List<RouteTests.TestsOfFile> files =
      new RouteTests(ROUTES, Path.of("config")).all();
  private final List<TestResult> results = quietly(files);

  /** What the routes log about the failures that are tested is no news. */
  private static List<TestResult> quietly(List<RouteTests.TestsOfFile> files) {
    LoggingSystem logging = LoggingSystem.get(RouteTestsTest.class.getClassLoader());
    logging.setLogLevel(null, LogLevel.OFF);
    logging.setLogLevel("dev.serai", LogLevel.OFF);
    try {
      return RouteTests.runAll(files.stream().flatMap(file -> file.tests().stream()).toList());
    } finally {
      logging.setLogLevel(null, LogLevel.WARN);
      logging.setLogLevel("dev.serai", LogLevel.INFO);
    }
  }

  @TestFactory
  Stream<DynamicContainer> every_test_beside_a_route_is_good() {
    return files.stream()
        .map(file -> DynamicContainer.dynamicContainer(file.path().toString(), tests(file.path())));
  }

  private Stream<DynamicTest> tests(Path file) {
    return results.stream()
        .filter(result -> Path.of(result.file()).equals(file))
        .map(
            result ->
                DynamicTest.dynamicTest(
                    result.name(), () -> assertThat(result.isGood()).as("%n%s", result).isTrue()));
  }

  @Test
  void every_file_of_tests_can_be_read() {
    assertThat(files).flatExtracting(RouteTests.TestsOfFile::problems).isEmpty();
  }

  @Test
  void every_route_has_a_test_beside_it_and_one_of_its_failure() throws IOException {
    assertThat(untested(RouteFile.all(ROUTES), results)).isEmpty();
  }

  @Test
  void a_route_without_its_tests_is_found() throws IOException {
    String file = "routes/debias/write-directly.test.yaml";
    String policy = "routes/shared/policies/park-at-once.test.yaml";
    List<TestResult> goodOnes =
        results.stream().filter(r -> !r.file().equals(file) || !r.ofFailure()).toList();
    List<TestResult> none =
        results.stream().filter(r -> !List.of(file, policy).contains(r.file())).toList();

    assertThat(untested(RouteFile.all(ROUTES), goodOnes))
        .contains("debias-write-directly: no test of its failure");
    assertThat(untested(RouteFile.all(ROUTES), none))
        .contains(
            "shared/policies/park-at-once: no test beside it",
            "debias-write-directly: no test beside it goes through it",
            "debias-write-directly: no test of its failure");
  }

  private static List<String> untested(List<RouteFile> routeFiles, List<TestResult> results) {
    List<String> missing = new ArrayList<>();
    Set<String> anywhere = used(results.stream()); // a verb may lead to the route of another file
    for (RouteFile file : routeFiles) {
      String name = RouteFolder.nameOf(file.path().toString());
      String tests = ROUTES.resolve(name + ".test.yaml").toString();
      List<TestResult> beside = results.stream().filter(r -> r.file().equals(tests)).toList();
      if (beside.isEmpty()) {
        missing.add(name + ": no test beside it");
      }
      Set<String> used = used(beside.stream());
      Set<String> failed = used(beside.stream().filter(TestResult::ofFailure));
      for (String id : file.inputs()) {
        if (!(file.isVerb(id) ? anywhere : used).contains(id)) {
          missing.add(id + ": no test beside it goes through it");
        }
      }
      for (Map<String, Object> route : file.routes()) {
        if (decidesAboutFailure(route) && !failed.contains(String.valueOf(route.get("id")))) {
          missing.add(route.get("id") + ": no test of its failure");
        }
      }
    }
    return missing;
  }

  private static Set<String> used(Stream<TestResult> results) {
    return results
        .flatMap(result -> result.routes().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A policy of its own, or a catch: what others do about a failure is tested there. */
  private static boolean decidesAboutFailure(Map<String, Object> route) {
    return !LEFT_TO_CALLER.equals(route.get("routeConfigurationId"))
        || String.valueOf(route).contains("doCatch=");
  }
}
