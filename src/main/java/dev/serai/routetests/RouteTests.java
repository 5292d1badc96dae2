package dev.serai.routetests;

import dev.serai.checks.RouteProblem;
import dev.serai.files.PackValues;
import dev.serai.files.RouteFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The YAML tests of a folder of routes. Needs no broker and opens no connection; the environment of
 * the process changes nothing.
 */
public final class RouteTests {
  private static final String ENDING = ".test.yaml";
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final Path routes;
  private final Path config;
  private final RouteIndex index;
  private final Failures failures;
  private final Known known = Known.find();
  private final Duration longest;

  /**
   * Reads the route files.
   *
   * @param routes folder of the packs
   * @param config folder of their values
   */
  public RouteTests(Path routes, Path config) {
    this(routes, config, LONGEST);
  }

  RouteTests(Path routes, Path config, Duration longest) {
    this.longest = longest;
    this.routes = routes;
    this.config = config;
    this.index = RouteIndex.of(files(RouteFolder::isRoutes), known.java());
    this.failures = new Failures(index.exceptions());
  }

  /**
   * The tests of one file, ready to be run.
   *
   * @param path of the file, as a person sees it
   * @param problems what is wrong in it; then there are no tests
   * @param tests in their order
   */
  public record TestsOfFile(Path path, List<RouteProblem> problems, List<NamedTest> tests) {}

  /** A test that can be run any number of times. */
  public interface NamedTest {
    /** A sentence that says what is promised. */
    String name();

    /** Runs it, in at most some seconds. */
    TestResult run();
  }

  /** All files with tests, by path. */
  public List<TestsOfFile> all() {
    return files(path -> path.endsWith(ENDING)).entrySet().stream()
        .map(file -> prepared(file.getKey(), file.getValue()))
        .toList();
  }

  /** Runs tests, some at a time; the results are in their order. */
  public static List<TestResult> runAll(List<NamedTest> tests) {
    return tests.parallelStream().map(NamedTest::run).toList();
  }

  private TestsOfFile prepared(String path, byte[] bytes) {
    Path shown = routes.resolve(path);
    TestFile file = TestFile.read(shown.toString(), bytes);
    List<RouteProblem> problems = file.problems();
    Optional<RouteSource> beside = index.beside(path);
    if (beside.isEmpty()) {
      problems.add(
          new RouteProblem(
              "unknown-route",
              shown.toString(),
              1,
              1,
              "there is no route file beside this one",
              "name it as the route's file, with .test.yaml in the place of .camel.yaml"));
      return new TestsOfFile(shown, problems, List.of());
    }
    if (!beside.get().hasInputs() && !beside.get().isPolicy()) {
      problems.add(
          new RouteProblem(
              "bad-route",
              shown.toString(),
              1,
              1,
              "the route file beside has no route that can be read",
              "./serai check says what is wrong there"));
      return new TestsOfFile(shown, problems, List.of());
    }
    List<NamedTest> tests = new ArrayList<>();
    for (RouteTest test : file.tests()) {
      Prepared.of(test, beside.get(), index, values(Map.of()), known, failures)
          .ifPresent(ready -> tests.add(new InFile(shown.toString(), ready)));
    }
    return new TestsOfFile(
        shown,
        problems.stream().sorted().distinct().toList(),
        problems.isEmpty() ? tests : List.of());
  }

  private final class InFile implements NamedTest {
    private final String file;
    private final Prepared test;

    InFile(String file, Prepared test) {
      this.file = file;
      this.test = test;
    }

    @Override
    public String name() {
      return test.test().name();
    }

    @Override
    public TestResult run() {
      return new TestRun(test, values(test.test().given().config()), known).result(file, longest);
    }
  }

  /** Values of the files and of a test, without those of this process. */
  private ConfigurableEnvironment values(Map<String, Part> given) {
    ConfigurableEnvironment values = PackValues.of(config);
    values.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
    values.getPropertySources().remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
    Map<String, Object> first = new TreeMap<>();
    given.forEach((key, value) -> first.put(key, value.text()));
    first.put("serai.routes", routes.toAbsolutePath().toString());
    values.getPropertySources().addFirst(new MapPropertySource("given", first));
    return values;
  }

  private Map<String, byte[]> files(Predicate<String> ending) {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(routes)) {
      for (Path file : found.filter(path -> isOne(path, ending)).toList()) {
        files.put(routes.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no-routes: " + routes + " cannot be read", e);
    }
    return files;
  }

  private static boolean isOne(Path path, Predicate<String> ending) {
    String name = path.getFileName().toString();
    return ending.test(name) && !name.startsWith(".") && Files.isRegularFile(path);
  }

  /** Every id that a test can go through: those of routes and of the verbs of rest blocks. */
  public Set<String> ids() {
    return index.files().stream()
        .flatMap(file -> file.ids().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
