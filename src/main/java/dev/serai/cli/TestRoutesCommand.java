package dev.serai.cli;

import dev.serai.files.RouteFolder;
import dev.serai.routetests.RouteTests;
import dev.serai.routetests.TestResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
  @Mixin private Output output;

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
    List<String> wrong = new ArrayList<>();
    files.forEach(file -> file.problems().forEach(problem -> wrong.add(problem.toString())));
    List<TestResult> results =
        RouteTests.runAll(files.stream().flatMap(file -> file.tests().stream()).toList());
    results.stream().filter(result -> !result.isGood()).map(Object::toString).forEach(wrong::add);
    List<String> untested = folders.isAll() ? untested(tests, results) : List.of();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("tests", results.size());
    answer.put("files", files.size());
    answer.put("wrong", wrong);
    answer.put("untested", untested);
    double seconds = (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
    output.print(answer, all -> text(wrong, untested, results.size(), files.size(), seconds));
    return wrong.isEmpty() ? 0 : 1;
  }

  private static String text(
      List<String> wrong, List<String> untested, int tests, int files, double seconds) {
    StringBuilder text = new StringBuilder();
    wrong.forEach(each -> text.append(each).append(System.lineSeparator()));
    text.append(
        "%s in %s: %s, %.1f s%n"
            .formatted(
                count(tests, "test"),
                count(files, "file"),
                wrong.isEmpty() ? "all good" : wrong.size() + " wrong",
                seconds));
    if (!untested.isEmpty()) {
      text.append("no test goes through %s%n".formatted(String.join(", ", untested)));
    }
    return text.toString();
  }

  private static List<String> untested(RouteTests tests, List<TestResult> results) {
    Set<String> untested = new TreeSet<>(tests.ids());
    results.forEach(result -> untested.removeAll(result.routes()));
    return List.copyOf(untested);
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
