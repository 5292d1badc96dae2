package dev.serai.cli;

import dev.serai.checks.RouteProblem;
import dev.serai.checks.Wiring;
import dev.serai.drawing.Diagram;
import dev.serai.drawing.MermaidText;
import dev.serai.drawing.SvgText;
import dev.serai.files.PackValues;
import dev.serai.files.RouteFolder;
import dev.serai.javadsl.JavaRoutes;
import dev.serai.topology.LoadedTopologies;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Draws the route files; 1 when some cannot be read. */
@Command(
    name = "draw",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./serai routes draw --output routes.svg",
      "  ./serai routes draw --format mermaid --pack debias"
    },
    description = {
      "Draws requests, exchanges, queues, routes and what they call, as the files have them.",
      "Needs no running Serai. Exit code 1 when a file is left out, because it cannot be read."
    })
@SuppressWarnings("NullAway.Init") // set by picocli
final class DrawCommand implements Callable<Integer> {
  private static final int MOST_BOXES = 1000; // more may take gigabytes, and nobody sees anything

  @Mixin private RouteFolders folders;
  @Spec private CommandSpec command;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "svg",
      description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private Format format;

  @Option(names = "--output", paramLabel = "FILE", description = "Write there, not to the screen.")
  private Optional<Path> output;

  @Option(
      names = "--pack",
      paramLabel = "NAME",
      description = "Only this pack, and what is next to it.")
  private Optional<String> pack;

  /** In which language. */
  enum Format {
    svg,
    mermaid
  }

  @Override
  public Integer call() throws IOException {
    Quiet.logs();
    Path routes = folders.routes();
    RouteFolder.Contents found = RouteFolder.read(routes);
    Wiring wiring = Wiring.of(found.routes(), routes, JavaRoutes.ofEnvironment());
    LoadedTopologies topologies =
        new LoadedTopologies(found.topologies(), PackValues.of(folders.config()));
    Diagram diagram = chosen(Diagram.of(wiring, topologies), routes);
    int boxes = diagram.nodes().size();
    if (boxes == 0) {
      throw new CliException("there is nothing to draw in " + folders.asked());
    }
    if (format == Format.svg && boxes > MOST_BOXES) {
      throw new CliException(
          "%d boxes are too many for one image, which may have %d; name a pack, a folder or --format mermaid"
              .formatted(boxes, MOST_BOXES));
    }
    String text =
        format == Format.mermaid ? MermaidText.of(diagram) : SvgText.of(diagram, title(routes));
    if (output.isPresent()) {
      Files.writeString(output.get(), text);
    } else {
      PrintWriter out = command.commandLine().getOut();
      out.print(text);
      out.flush();
    }
    return tell(wiring, topologies) ? 1 : 0;
  }

  private Diagram chosen(Diagram all, Path routes) {
    if (pack.isPresent() && all.nodes().stream().noneMatch(node -> isIn(pack.get(), node))) {
      throw new CliException("%s has no pack \"%s\"".formatted(routes, pack.get()));
    }
    return pack.isEmpty() && folders.isAll()
        ? all
        : all.around(
            node ->
                pack.map(name -> isIn(name, node)).orElse(true)
                    && folders.include(routes.resolve(node.file())));
  }

  private static boolean isIn(String pack, Diagram.Node node) {
    return node.file().startsWith(pack + "/") || node.file().equals(pack);
  }

  private String title(Path routes) {
    return "Routes of "
        + pack.orElse(folders.isAll() ? routes.toString() : folders.asked().toString());
  }

  /** Says what is left out. */
  private boolean tell(Wiring wiring, LoadedTopologies topologies) {
    List<RouteProblem> problems = new ArrayList<>(wiring.problems());
    topologies.problems().forEach(problem -> problems.add(RouteProblem.of(problem)));
    PrintWriter err = command.commandLine().getErr();
    problems.forEach(err::println);
    err.flush();
    return !problems.isEmpty();
  }
}
