package dev.serai.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** src/docs/errors.md names every error that the code can give, and none that it cannot. */
class ErrorsDocTest {
  private static final Path PAGE = Path.of("src/docs/errors.md");
  private static final Path JAVA = Path.of("src/main/java");
  private static final String NAME = "([a-z]+(?:-[a-z]+)*)";
  private static final String TWO_WORDS = "([a-z]+(?:-[a-z]+)+)";

  private static final Pattern IN_JAVA =
      Pattern.compile("(\\b[45]\\d\\d|statusCode\\(\\)|SC_[A-Z_]+),\\s*\"" + NAME + "\"");
  private static final Pattern IN_ROUTES = Pattern.compile("\\b([45]\\d\\d), '" + NAME + "'");
  private static final Pattern IN_TEXT = Pattern.compile("\"" + TWO_WORDS + ": ");
  private static final Pattern IN_ROUTE_TEXT =
      Pattern.compile("message: [\">\\s-]*((?:\\$\\{variable\\.\\w+}|[a-z]+)(?:-[a-z]+)+): ");
  private static final Pattern CONSTANT =
      Pattern.compile("name: (\\w+)\\s+constant: \"?([a-z]+)\\b");
  private static final Pattern PROBLEM =
      Pattern.compile(
          "(?:problem|problemAt|new TopologyProblem)\\(([^;]*?\"" + TWO_WORDS + "\"[^;]*);");
  private static final Pattern REFUSED =
      Pattern.compile("(refuse|new RouteProblem)\\(\\s*\"" + TWO_WORDS + "\"");
  private static final Pattern LITERAL = Pattern.compile("\"" + TWO_WORDS + "\"");

  @Test
  void names_every_code_of_an_answer_with_its_status() throws IOException {
    SortedSet<String> given = new TreeSet<>();
    for (Path file : files(JAVA, ".java")) {
      find(IN_JAVA, file).forEach(m -> given.add(m.group(2) + " " + status(m.group(1))));
    }
    for (Path file : files(Path.of("routes"), ".yaml")) {
      find(IN_ROUTES, file).forEach(m -> given.add(m.group(2) + " " + m.group(1)));
    }

    assertThat(rows("Answers", " \\| (\\d{3})")).isEqualTo(given);
  }

  private static String status(String written) {
    return switch (written) {
      case "statusCode()" -> "400"; // any 4xx that Vert.x itself has found
      case "SC_UNSUPPORTED_MEDIA_TYPE" -> "415";
      default -> written;
    };
  }

  @Test
  void names_every_error_that_is_said_at_start_and_in_the_log() throws IOException {
    SortedSet<String> given = new TreeSet<>();
    for (Path file : files(JAVA, ".java")) {
      find(IN_TEXT, file).map(m -> m.group(1)).forEach(given::add);
    }
    given.addAll(namesInRoutes());

    assertThat(rows("At start and in the log", "")).isEqualTo(given);
  }

  /** Those with which a log line or a failure begins; what begins with a route's id has none. */
  private static SortedSet<String> namesInRoutes() throws IOException {
    List<Path> routes = files(Path.of("routes"), ".camel.yaml");
    SortedSet<String> names = new TreeSet<>();
    for (Path file : routes) {
      find(IN_ROUTE_TEXT, file).map(m -> m.group(1)).forEach(names::add);
    }
    for (Path file : routes) { // such as ${variable.kind}-not-published
      find(CONSTANT, file)
          .forEach(
              constant -> {
                String variable = "${variable." + constant.group(1) + "}";
                List.copyOf(names).stream()
                    .filter(name -> name.startsWith(variable))
                    .forEach(name -> names.add(name.replace(variable, constant.group(2))));
              });
    }
    names.removeIf(name -> name.startsWith("$"));
    names.removeIf(name -> name.matches("(debias|conduit|helixagent|shared)-.*"));
    return names;
  }

  @Test
  void names_every_problem_of_a_topology_file() throws IOException {
    String schema = Files.readString(Path.of("src/main/resources/schema/topology.schema.json"));
    SortedSet<String> given = new TreeSet<>(Set.of("unknown-exchange", "unknown-queue"));
    given.addAll(namesOfUnreadableFiles());
    for (Path file : files(JAVA.resolve("dev/serai/topology"), ".java")) {
      find(PROBLEM, file)
          .flatMap(m -> LITERAL.matcher(m.group(1)).results())
          .map(m -> m.group(1))
          .filter(name -> !schema.contains("\"" + name + "\"")) // a key of the file
          .forEach(given::add);
    }

    assertThat(rows("In topology.yaml", "")).isEqualTo(given);
  }

  @Test
  void every_problem_of_a_topology_file_is_tried_on_a_file() throws IOException {
    SortedSet<String> tried = new TreeSet<>(Set.of("too-large")); // in RefusedTopologiesTest itself
    for (Path file : files(Path.of("src/test/resources/refused-topologies"), ".txt")) {
      tried.add(Files.readString(file).replaceFirst("(?s):.*", ""));
    }

    assertThat(tried).isEqualTo(rows("In topology.yaml", ""));
  }

  @Test
  void names_every_problem_of_a_route_file_and_tries_each_on_a_file() throws IOException {
    // A file of 50 MB is not kept, and a missing compiler is no fault of a file.
    SortedSet<String> tried = new TreeSet<>(Set.of("too-large", "needs-jdk"));
    for (String folder : List.of("refused-routes", "refused-routes-java", "refused-schemas")) {
      for (Path file : files(Path.of("src/test/resources", folder), ".txt")) {
        tried.add(Files.readString(file).replaceFirst("(?s):.*", ""));
      }
    }
    SortedSet<String> given = new TreeSet<>();
    for (String capability : List.of("checks", "javadsl")) {
      for (Path file : files(JAVA.resolve("dev/serai").resolve(capability), ".java")) {
        find(LITERAL, file).map(m -> m.group(1)).filter(tried::contains).forEach(given::add);
      }
    }

    assertThat(rows("In route files", "")).isEqualTo(tried).isEqualTo(given);
  }

  @Test
  void names_every_problem_of_a_file_of_tests_and_tries_each_on_a_file() throws IOException {
    // What needs a large file or a bad route is in RefusedRouteTestsTest itself.
    SortedSet<String> tried = new TreeSet<>(Set.of("bad-route", "too-large"));
    for (Path file : files(Path.of("src/test/resources/route-tests/refused"), ".txt")) {
      find(Pattern.compile("(?m)^" + TWO_WORDS + ": "), file).forEach(m -> tried.add(m.group(1)));
    }
    SortedSet<String> given = namesOfUnreadableFiles();
    for (Path file : files(JAVA.resolve("dev/serai/routetests"), ".java")) {
      find(REFUSED, file).forEach(m -> given.add(m.group(2)));
    }

    assertThat(rows("In tests of routes", "")).isEqualTo(tried).isEqualTo(given);
  }

  /** What any file of YAML can be refused for, before it is known what it is to say. */
  private static SortedSet<String> namesOfUnreadableFiles() {
    return find(
            Pattern.compile("unreadable\\(\"" + TWO_WORDS),
            JAVA.resolve("dev/serai/files/YamlText.java"))
        .map(m -> m.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void each_table_is_whole_and_has_each_name_once() throws IOException {
    for (String section : Files.readString(PAGE).split("\n## ")) {
      List<String> broken =
          Pattern.compile("(?m)^[^|\n]*\n(\\| `.*)")
              .matcher(section)
              .results()
              .map(m -> m.group(1))
              .toList();
      List<String> names =
          Pattern.compile("(?m)^\\| `" + NAME + "`")
              .matcher(section)
              .results()
              .map(m -> m.group(1))
              .toList();

      assertThat(broken).as("rows behind a line that is none").isEmpty();
      assertThat(names).doesNotHaveDuplicates();
    }
  }

  /** The first cells of the tables of a section, and what more of the row is asked for. */
  private static SortedSet<String> rows(String section, String more) throws IOException {
    String text = Files.readString(PAGE).split("\n## " + Pattern.quote(section) + "\n")[1];
    Pattern row = Pattern.compile("(?m)^\\| `" + NAME + "`" + more);
    return row.matcher(text.split("\n## ")[0])
        .results()
        .map(m -> m.group(1) + (m.groupCount() > 1 ? " " + m.group(2) : ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<MatchResult> find(Pattern pattern, Path file) {
    try {
      return pattern.matcher(Files.readString(file)).results();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }
}
