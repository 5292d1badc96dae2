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
    footerHeading = "%nExamples:%n",
    footer = {"  ./serai check", "  ./serai check routes/debias"},
    description = {
      "Says all that is wrong in the route files, each with its place and what to write instead.",
      "Needs no running Serai and touches none. Exit code 1 when something is wrong, or probably so (a warning)."
    })
@SuppressWarnings("NullAway.Init") // set by picocli
final class CheckCommand implements Callable<Integer> {
  @Mixin private RouteFolders folders;
  @Mixin private Output output;

  @Override
  public Integer call() {
    Quiet.logs();
    Path routes = folders.routes();
    Path config = folders.config();
    Snapshot found = Snapshot.read(new Packs(routes, ""), config);
    FolderCheck check =
        new FolderCheck(
            routes, surroundings(config), Known.scannedBeans(), JavaRoutes.ofEnvironment());
    List<RouteProblem> wrong = new ArrayList<>(check.check(found).problems());
    List<RouteProblem> warnings = check.warnings(found, found);
    int all = wrong.size() + warnings.size();
    wrong.removeIf(problem -> !folders.include(Path.of(problem.file())));
    List<RouteProblem> told = new ArrayList<>(wrong);
    warnings.stream().filter(w -> folders.include(Path.of(w.file()))).forEach(told::add);
    output.print(told, list -> text(list, wrong.size(), found, all));
    return told.isEmpty() ? 0 : 1;
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

  private static String text(List<RouteProblem> told, int wrong, Snapshot found, int all) {
    StringBuilder text = new StringBuilder();
    told.forEach(problem -> text.append(problem).append(System.lineSeparator()));
    long routes = found.files().keySet().stream().filter(RouteFolder::isRoutes).count();
    text.append("%d route files, %d other files: ".formatted(routes, found.files().size() - routes))
        .append(wrong > 0 ? wrong + " wrong" : told.isEmpty() ? "nothing wrong" : "none refused");
    if (told.size() > wrong) {
      text.append(", %d probably wrong (warnings)".formatted(told.size() - wrong));
    }
    if (all > told.size()) {
      text.append(" here, but %d elsewhere: ./serai check".formatted(all - told.size()));
    }
    return text.append(System.lineSeparator()).toString();
  }
}
