package dev.serai.checks;

import dev.serai.files.RouteFolder;
import dev.serai.javadsl.JavaRoutes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.camel.catalog.CamelCatalog;

/** Reads route files and says all that is wrong in them. Opens no connection, declares nothing. */
public final class RouteChecks {
  private final Known known;
  private final JavaRoutes java;

  /** Checks against what exists. */
  public RouteChecks(Known known, JavaRoutes java) {
    this.known = known;
    this.java = java;
  }

  /**
   * Checks files together: what one names, another may have.
   *
   * @param files the bytes of each by its path below the folder of the routes, such as {@code
   *     debias/events.camel.yaml}
   * @param folder of the routes, to show paths as a person sees them
   * @return the problems by place; empty when all files can be used
   */
  public List<RouteProblem> check(Map<String, byte[]> files, Path folder) {
    List<RouteProblem> problems = new ArrayList<>();
    List<RouteFile> read = readable(files, folder, java, problems);
    read.sort(Comparator.comparing(RouteFile::path));
    Findings findings = new Findings(problems);
    try (StructureCheck structure = new StructureCheck(known)) {
      for (RouteFile file : templatesFirst(read)) {
        structure.check(file, text(files, file), findings);
      }
    }
    IdentityCheck.check(read, findings);
    PolicyCheck.check(read, known, findings);
    ValueCheck.check(read, known, findings);
    CamelCatalog catalog = OwnComponents.catalog();
    EndpointCheck.check(read, catalog, known, findings);
    LibraryCheck.check(read, catalog, findings);
    KameletCheck.check(read, findings);
    ParameterCheck.check(read, known, catalog, findings);
    FlowCheck.check(read, findings);
    RestCheck.check(read, findings);
    HeaderCheck.check(read, findings);
    BrokerCheck.check(read, known, findings);
    BeanCheck.check(read, known, findings);
    MethodCheck.check(read, findings);
    DeclaredBeans.check(read, findings);
    ClassCheck.check(read, findings);
    NumberCheck.check(read, known, findings);
    StepCheck.check(read, catalog, known, findings);
    QueuePolicyCheck.check(read, findings);
    return problems.stream().sorted().distinct().toList();
  }

  /** Camel must know a template when it reads who uses it. */
  private static List<RouteFile> templatesFirst(List<RouteFile> files) {
    return files.stream()
        .sorted(
            Comparator.comparing(
                file -> file.elements().stream().noneMatch(e -> e.is("routeTemplate"))))
        .toList();
  }

  private static String text(Map<String, byte[]> files, RouteFile file) {
    return new String(files.getOrDefault(file.path(), new byte[0]), StandardCharsets.UTF_8);
  }

  /** The files that can be read; what is wrong with the others is added to the problems. */
  static List<RouteFile> readable(
      Map<String, byte[]> files, Path folder, JavaRoutes java, List<RouteProblem> problems) {
    List<RouteFile> read = new ArrayList<>();
    files.forEach(
        (path, bytes) -> {
          String shown = folder.resolve(path).toString();
          RouteFile file =
              path.endsWith(RouteFolder.JAVA)
                  ? JavaFile.read(java, path, shown, bytes)
                  : RouteFile.read(path, shown, bytes);
          problems.addAll(file.problems());
          if (file.problems().isEmpty()) {
            read.add(file);
          }
        });
    return read;
  }
}
