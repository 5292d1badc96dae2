package dev.serai.cli;

import dev.serai.checks.RouteProblem;
import dev.serai.routetests.RouteTests;
import dev.serai.routetests.TestResult;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "test-routes",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the tests beside the route files (*.test.yaml), without a broker or database.",
      "Says of each that fails what was expected, what was got and what happened. Exit code 1 then."
    })
final class TestRoutesCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "PATH",
      description =
          "Run only the tests of this file or folder; a route file means those beside it.")
  private @Nullable Path only;

  @Option(
      names = "--routes",
      paramLabel = "DIR",
      defaultValue = "${env:SERAI_ROUTES:-routes}",
      description = "Folder of the packs (${DEFAULT-VALUE}).")
  private Path routes = Path.of("routes");

  @Option(
      names = "--config",
      paramLabel = "DIR",
      defaultValue = "${env:SERAI_CONFIG:-config}",
      description = "Folder of their values (${DEFAULT-VALUE}).")
  private Path config = Path.of("config");

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    long began = System.nanoTime();
    routes = Paths.fromHere(routes);
    if (!Files.isDirectory(routes)) {
      throw new CliException(routes + " is no folder; name that of the packs with --routes");
    }
    if (only != null && !Files.exists(only)) {
      throw new CliException(only + " does not exist; name a file or folder below " + routes);
    }
    RouteTests tests = new RouteTests(routes, config);
    List<RouteTests.TestsOfFile> files =
        tests.all().stream().filter(file -> isAsked(file.path())).toList();
    if (files.isEmpty()) {
      throw new CliException(
          (only == null ? routes : only)
              + " has no tests; src/docs/route-tests.md shows how to write one");
    }
    PrintWriter out = command.commandLine().getOut();
    List<RouteProblem> problems = files.stream().flatMap(f -> f.problems().stream()).toList();
    List<TestResult> results =
        RouteTests.runAll(files.stream().flatMap(file -> file.tests().stream()).toList());
    List<TestResult> failed = results.stream().filter(result -> !result.isGood()).toList();
    problems.forEach(out::println);
    failed.forEach(out::println);
    int wrong = problems.size() + failed.size();
    out.printf(
        "%s in %s: %s, %.1f s%n",
        count(results.size(), "test"),
        count(files.size(), "file"),
        wrong == 0 ? "all good" : wrong + " wrong",
        (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1));
    if (only == null) {
      sayUntested(tests, results);
    }
    out.flush();
    return wrong == 0 ? 0 : 1;
  }

  private void sayUntested(RouteTests tests, List<TestResult> results) {
    Set<String> untested = new TreeSet<>(tests.ids());
    results.forEach(result -> untested.removeAll(result.routes()));
    if (!untested.isEmpty()) {
      command.commandLine().getOut().println("no test goes through " + String.join(", ", untested));
    }
  }

  private static String count(int number, String word) {
    return number + " " + word + (number == 1 ? "" : "s");
  }

  private boolean isAsked(Path file) {
    if (only == null) {
      return true;
    }
    Path wanted = only.toAbsolutePath().normalize();
    String tests = wanted.toString().replaceFirst("\\.camel\\.yaml$", ".test.yaml");
    return file.toAbsolutePath().normalize().startsWith(Path.of(tests));
  }
}
