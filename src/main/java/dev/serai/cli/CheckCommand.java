package dev.serai.cli;

import dev.serai.checks.FolderCheck;
import dev.serai.checks.Known;
import dev.serai.checks.RouteProblem;
import dev.serai.files.PackValues;
import dev.serai.files.Packs;
import dev.serai.files.RouteFolder;
import dev.serai.files.Snapshot;
import dev.serai.javadsl.JavaRoutes;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Says all that is wrong in the route files, each with its place and what to write instead.",
      "Needs no running Serai and touches none. Exit code 1 when something is wrong."
    })
@SuppressWarnings("NullAway.Init") // set by picocli
final class CheckCommand implements Callable<Integer> {
  @Mixin private RouteFolders folders;
  @Mixin private Output output;

  @Override
  public Integer call() {
    Path routes = folders.routes();
    Path config = folders.config();
    Snapshot found = Snapshot.read(new Packs(routes, ""), config);
    FolderCheck check =
        new FolderCheck(
            routes, PackValues.of(config), Known.scannedBeans(), JavaRoutes.ofEnvironment());
    List<RouteProblem> all = check.check(found).problems();
    List<RouteProblem> problems =
        (all.isEmpty() ? check.warnings(found) : all)
            .stream().filter(problem -> folders.include(Path.of(problem.file()))).toList();
    long files = found.files().keySet().stream().filter(RouteFolder::isRoutes).count();
    output.print(problems, list -> text(list, files));
    return problems.isEmpty() ? 0 : 1;
  }

  private static String text(List<RouteProblem> problems, long files) {
    StringBuilder text = new StringBuilder();
    problems.forEach(problem -> text.append(problem).append(System.lineSeparator()));
    long wrong = problems.stream().map(RouteProblem::file).distinct().count();
    return text.append(
            problems.isEmpty()
                ? "%d route files, nothing wrong%n".formatted(files)
                : "%d of %d route files: %d wrong%n".formatted(wrong, files, problems.size()))
        .toString();
  }
}
