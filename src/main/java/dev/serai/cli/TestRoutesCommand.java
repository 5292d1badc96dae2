package dev.serai.cli;

import dev.serai.checks.RouteProblem;
import dev.serai.files.RouteFolder;
import dev.serai.routetests.RouteTests;
import dev.serai.routetests.TestResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "test-routes",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  ./serai test-routes", "  ./serai test-routes routes/debias/events.camel.yaml"},
    description = {
      "Runs the tests beside the route files (*.test.yaml), without a broker or database.",
      "Says of each that fails what was expected, what was got and what happened. Exit code 1 then."
    })
@SuppressWarnings("NullAway.Init") // set by picocli
final class TestRoutesCommand implements Callable<Integer> {
  @Mixin private RouteFolders folders;
  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    Quiet.logs();
    long began = System.nanoTime();
    RouteTests tests = new RouteTests(folders.routes(), folders.config());
    List<RouteTests.TestsOfFile> files =
        tests.all().stream().filter(file -> isAsked(file.path())).toList();
    if (files.isEmpty()) {
      throw new CliException(
          folders.asked() + " has no tests; src/docs/route-tests.md shows how to write one");
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
    if (folders.isAll()) {
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

  /** A route file means the tests beside it. */
  private boolean isAsked(Path tests) {
    String asked = folders.asked().toAbsolutePath().normalize().toString();
    Path beside = Path.of(RouteFolder.nameOf(asked) + ".test.yaml");
    return folders.include(tests) || tests.toAbsolutePath().normalize().equals(beside);
  }
}
