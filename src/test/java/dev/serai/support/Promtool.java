package dev.serai.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Prometheus' own tool: the one that is installed, of its image, or of the Debian package. */
public final class Promtool {
  private static final String IMAGE = "prom/prometheus:v2.42.0";

  private Promtool() {}

  /**
   * Runs it.
   *
   * @param folder where its files are
   * @param arguments of promtool
   * @return what it printed
   * @throws IllegalStateException when it ends with an error, or cannot be had; says why
   */
  public static String run(Path folder, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(command(folder));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", command) + ": " + said);
    }
    return said;
  }

  private static List<String> command(Path folder) {
    MachineProbe probe = MachineProbe.promtool();
    Optional<Path> installed = probe.serverProgram();
    if (installed.isPresent()) {
      return List.of(installed.get().toString());
    }
    if (probe.dockerProblem().isEmpty()) {
      String mount = folder.toAbsolutePath() + ":/files:ro";
      return List.of(
          "docker", "run", "--rm", "-v", mount, "-w", "/files", "--entrypoint", "promtool", IMAGE);
    }
    probe
        .installProblem()
        .ifPresent(
            problem -> {
              throw new IllegalStateException(
                  "no promtool: Docker %s; the Debian package prometheus: %s"
                      .formatted(probe.dockerProblem().orElse(""), problem));
            });
    return List.of(DebianPackage.install(probe).toString());
  }
}
