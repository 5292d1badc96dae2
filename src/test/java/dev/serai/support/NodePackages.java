package dev.serai.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** Clients of others, from npm: those of {@code src/test/node}, installed once per build. */
final class NodePackages {
  private static final Path SOURCE = Path.of("src/test/node");
  private static final Path HOME = Path.of("target/node");
  private static final String LOCK = "package-lock.json";

  private NodePackages() {}

  /**
   * Installs them, unless that is done.
   *
   * @return the folder with the scripts and the packages
   * @throws IllegalStateException when they cannot be had; says why
   */
  static synchronized Path installed() {
    try {
      Files.createDirectories(HOME);
      // Tests run in several processes: one installs, the others wait.
      try (FileChannel file =
              FileChannel.open(
                  HOME.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = file.lock()) {
        assert lock.isValid();
        install();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HOME.toAbsolutePath();
  }

  private static void install() throws IOException {
    copyChanged();
    Path done = HOME.resolve("installed");
    String wanted = Files.readString(SOURCE.resolve(LOCK));
    if (Files.exists(done) && Files.readString(done).equals(wanted)) {
      return;
    }
    Path npm = MachineProbe.npm().program();
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(npm.toString(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
    Process process = builder.directory(HOME.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException("no-clients: npm ci failed: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    Files.writeString(done, wanted);
  }

  /** A script that has not changed may be in use. */
  private static void copyChanged() throws IOException {
    List<Path> sources;
    try (Stream<Path> files = Files.list(SOURCE)) {
      sources = files.filter(Files::isRegularFile).toList();
    }
    for (Path source : sources) {
      Path copy = HOME.resolve(source.getFileName());
      if (!Files.exists(copy) || Files.mismatch(source, copy) != -1) {
        Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
