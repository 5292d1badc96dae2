package dev.serai.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A server from Debian, installed by root without starting the system's own. */
final class DebianPackage {
  /** Asked by the package whether it may start its service; 101 means no. */
  private static final Path POLICY = Path.of("/usr/sbin/policy-rc.d");

  private static final Path LOCK =
      Path.of(System.getProperty("java.io.tmpdir"), "serai-test-packages.lock");

  private DebianPackage() {}

  /**
   * Installs what the probe asks for.
   *
   * @return the server's program
   */
  static Path install(ServerProbe probe) {
    alone(() -> add(probe.packageName()));
    return probe
        .serverProgram()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no-server: the package %s brought no program".formatted(probe.packageName())));
  }

  /**
   * Tests run in several processes: one installs, and what another looks for is not there until the
   * first is done.
   */
  static synchronized <T> T alone(Supplier<T> work) {
    try (FileChannel file =
            FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = file.lock()) {
      assert lock.isValid();
      return work.get();
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be locked".formatted(LOCK), e);
    }
  }

  private static String add(String name) {
    try {
      boolean ours = !Files.exists(POLICY);
      if (ours) {
        Files.writeString(POLICY, "#!/bin/sh\nexit 101\n");
        Files.setPosixFilePermissions(POLICY, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
      try {
        run(List.of("apt-get", "update"));
        List<String> install = new ArrayList<>(List.of("apt-get", "install", "-y"));
        install.add("--no-install-recommends");
        install.addAll(List.of(name.split(" ")));
        run(install);
      } finally {
        if (ours) {
          Files.delete(POLICY);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "no-server: the package %s could not be installed".formatted(name), e);
    }
    return name;
  }

  private static void run(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
    Process process = builder.start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + " failed: " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
