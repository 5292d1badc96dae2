package dev.serai.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.checks.FolderCheck;
import dev.serai.checks.Known;
import dev.serai.checks.RouteProblem;
import dev.serai.files.PackValues;
import dev.serai.files.Packs;
import dev.serai.files.RouteFolder;
import dev.serai.files.Snapshot;
import dev.serai.javadsl.JavaRoutes;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Says all that is wrong in the route files, each with its place and what to write instead.",
      "Needs no running Serai and touches none. Exit code 1 when something is wrong."
    })
final class CheckCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Parameters(
      arity = "0..1",
      paramLabel = "PATH",
      description = "Tell only of this file or folder; all files are read.")
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

  @Option(names = "--json", description = "Print a JSON list, for tools.")
  private boolean json;

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    routes = Paths.fromHere(routes);
    if (!Files.isDirectory(routes)) {
      throw new CliException(routes + " is no folder; name that of the packs with --routes");
    }
    if (only != null && !Files.exists(only)) {
      throw new CliException(only + " does not exist; name a file or folder below " + routes);
    }
    Snapshot found = Snapshot.read(new Packs(routes, ""), config);
    FolderCheck check =
        new FolderCheck(
            routes, PackValues.of(config), Known.scannedBeans(), JavaRoutes.ofEnvironment());
    List<RouteProblem> all = check.check(found).problems();
    List<RouteProblem> problems =
        (all.isEmpty() ? check.warnings(found) : all)
            .stream().filter(problem -> isAsked(problem.file())).toList();
    long files = found.files().keySet().stream().filter(RouteFolder::isRoutes).count();
    command.commandLine().getOut().print(json ? list(problems) : text(problems, files));
    command.commandLine().getOut().flush();
    return problems.isEmpty() ? 0 : 1;
  }

  private boolean isAsked(String file) {
    return only == null
        || Path.of(file).toAbsolutePath().normalize().startsWith(only.toAbsolutePath().normalize());
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

  private static String list(List<RouteProblem> problems) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(problems)
          + System.lineSeparator();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
