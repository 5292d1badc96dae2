package dev.serai.support;

import dev.serai.Serai;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * The classes of a Serai as the JVM wants them: once they are written down, the start of a process
 * takes little more than half the work. {@code ./serai} has the same beside the program. Only for
 * all tests together ({@code -Dit.archive=true}), as the writing takes as long as several starts.
 */
final class KnownClasses {
  private static final Path FOLDER = Path.of("target", "known-classes").toAbsolutePath();
  private static final Path PACKAGED = Path.of("target", "serai.jar.original").toAbsolutePath();
  private static final Path NICE = Path.of("/usr/bin/nice");
  private static final @Nullable KnownClasses ALL =
      Boolean.getBoolean("it.archive") && Files.isRegularFile(PACKAGED) ? begin() : null;

  private final Path jar;
  private final Path archive;

  private KnownClasses(String key) {
    this.jar = FOLDER.resolve(key + ".jar");
    this.archive = FOLDER.resolve(key + ".jsa");
  }

  /** Begins to write them down, unless that is done or nobody wants it. */
  static void prepare() {
    // the class was loaded
  }

  /** What the command line of a Serai begins with, its main class at the end. */
  static List<String> command() {
    List<String> command = java();
    if (ALL != null && Files.isRegularFile(ALL.archive)) {
      command.addAll(List.of("-XX:SharedArchiveFile=" + ALL.archive, "-Xlog:cds=off"));
      command.addAll(List.of("-Xlog:cds+dynamic=off", "-cp", ALL.jars()));
    } else {
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    }
    command.add(Serai.class.getName());
    return command;
  }

  private static List<String> java() {
    String program = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ArrayList<>(
        List.of(program, "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
  }

  /** Nobody waits for the archive: until it is there, processes start without it. */
  private static KnownClasses begin() {
    try {
      CRC32 sum = new CRC32();
      sum.update(Files.readAllBytes(PACKAGED));
      KnownClasses all = new KnownClasses(Long.toHexString(sum.getValue()));
      Files.createDirectories(FOLDER);
      FileChannel lock = // of several JVMs one writes
          FileChannel.open(
              FOLDER.resolveSibling("known-classes.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      if (!Files.isRegularFile(all.archive) && lock.tryLock() != null) {
        all.write(lock);
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Holds the lock as long as this JVM lives. */
  private void write(FileChannel lock) throws IOException {
    FileSystemUtils.deleteRecursively(FOLDER); // those of other classes
    Files.createDirectories(FOLDER);
    Files.copy(PACKAGED, jar, StandardCopyOption.REPLACE_EXISTING);
    Path half = Files.createTempDirectory(FOLDER, "new").resolve("serai.jsa");
    List<String> command = java();
    if (Files.isExecutable(NICE)) {
      command.addAll(0, List.of(NICE.toString(), "-n", "10")); // the tests come first
    }
    command.addAll(List.of("-XX:ArchiveClassesAtExit=" + half, "-cp", jars()));
    command.add(Serai.class.getName());
    Map<String, String> settings =
        Map.of("serai.broker.mode", "embedded", "serai.training", "true"); // it ends by itself
    command.addAll(List.of(SeraiApp.arguments(half.resolveSibling("data"), settings)));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(FOLDER.resolve("log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process, lock)));
    process.onExit().thenAccept(ended -> keep(half));
  }

  private static void stop(Process process, FileChannel lock) {
    process.destroyForcibly();
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void keep(Path half) {
    try {
      if (Files.isRegularFile(half)) {
        Files.move(half, archive, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Folders cannot be archived; those of the tests are not needed by a Serai. */
  private String jars() {
    return Stream.concat(
            Stream.of(jar.toString()),
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar") && Files.isRegularFile(Path.of(entry)))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("surefire")))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
