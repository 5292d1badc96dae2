package dev.serai.cli;

import dev.serai.checks.FolderCheck;
import dev.serai.checks.Known;
import dev.serai.checks.RouteProblem;
import dev.serai.files.Packs;
import dev.serai.files.RouteFolder;
import dev.serai.files.Snapshot;
import dev.serai.javadsl.JavaRoutes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
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
            routes, surroundings(config), Known.scannedBeans(), JavaRoutes.ofEnvironment());
    List<RouteProblem> all = new ArrayList<>(check.check(found).problems());
    all.addAll(check.warnings(found, found));
    List<RouteProblem> problems =
        all.stream().filter(problem -> folders.include(Path.of(problem.file()))).toList();
    long files = found.files().keySet().stream().filter(RouteFolder::isRoutes).count();
    output.print(problems, list -> text(list, files, all.size()));
    return problems.isEmpty() ? 0 : 1;
  }

  /** All but the packs' values, which are checked with the other files. */
  private static ConfigurableEnvironment surroundings(Path config) {
    StandardEnvironment environment = new StandardEnvironment();
    Resource application = new FileSystemResource(config.resolve("application.yaml"));
    if (application.exists()) {
      try {
        new YamlPropertySourceLoader()
            .load("application.yaml", application)
            .forEach(environment.getPropertySources()::addLast);
      } catch (IOException | RuntimeException e) {
        throw new CliException(application.getFilename() + " cannot be read: " + e.getMessage());
      }
    }
    return environment;
  }

  private static String text(List<RouteProblem> problems, long files, int all) {
    StringBuilder text = new StringBuilder();
    problems.forEach(problem -> text.append(problem).append(System.lineSeparator()));
    long wrong = problems.stream().map(RouteProblem::file).distinct().count();
    text.append(
        problems.isEmpty()
            ? "%d route files, nothing wrong".formatted(files)
            : "%d of %d route files: %d wrong".formatted(wrong, files, problems.size()));
    if (all > problems.size()) {
      text.append(" here, but %d elsewhere: ./serai check".formatted(all - problems.size()));
    }
    return text.append(System.lineSeparator()).toString();
  }
}
