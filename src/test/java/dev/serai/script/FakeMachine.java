package dev.serai.script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A checkout that holds the real script, on a machine that has only what a test puts there. */
final class FakeMachine {
  private static final List<String> TOOLS =
      List.of(
          "bash",
          "cat",
          "dirname",
          "env",
          "find",
          "grep",
          "head",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sed",
          "sleep",
          "touch");

  private final Path root;
  private final Map<String, String> environment = new HashMap<>();

  /** What a command gave back. */
  record Outcome(int code, String out, String err) {}

  FakeMachine(Path folder) {
    try {
      root = folder.toRealPath();
      Files.createDirectories(home().resolve("src/main/java"));
      Files.writeString(home().resolve("pom.xml"), "<project/>");
      program("home/serai", Files.readString(Path.of("serai")));
      Files.createDirectories(root.resolve("bin"));
      for (String tool : TOOLS) {
        program("bin/" + tool, "#!/bin/sh\nexec " + found(tool) + " \"$@\"\n");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    environment.put("PATH", root.resolve("bin").toString());
    environment.put("HOME", root.toString());
    environment.put("SERAI_JVM_FOLDERS", root.resolve("jvm").toString());
    environment.put("SERAI_MAVEN_FOLDERS", root.resolve("maven").toString());
  }

  /** The checkout. */
  Path home() {
    return root.resolve("home");
  }

  /** Sets a variable of the environment. */
  FakeMachine with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Puts a JDK there whose java writes down what it was called with. */
  FakeMachine withJdk(String version) {
    String folder = "jvm/jdk-" + version + "/";
    file(folder + "release", "JAVA_VERSION=\"" + version + "\"\n");
    program(folder + "bin/javac", "#!/bin/sh\n");
    program(
        folder + "bin/java",
        """
        #!/bin/bash
        for last in "$@"; do :; done
        case "$*" in
          *jarmode=tools*) mkdir -p "$last"; touch "$last/serai.jar"; echo extracted ;;
          *ArchiveClassesAtExit*) [ ! -e %s ] || exit 1
            for option in "$@"; do case $option in
              -XX:ArchiveClassesAtExit=*) echo x >"${option#*=}" ;;
            esac; done ;;
          *) printf "%%s\\n" "folder $PWD" "java $0" "$@" "packs $SERAI_PACKS" "text $TEXT" "data $SERAI_DATA" ;;
        esac
        """
            .formatted(root.resolve("no-archive")));
    return this;
  }

  /** Puts a Maven there that counts its builds, and fails while there is a file broken. */
  FakeMachine withMaven(String version) {
    program(
        "bin/mvn",
        """
        #!/bin/bash
        case "$*" in
          *--version*) echo "Apache Maven %s (abc)" ;;
          *package*) echo built >>"%s"
            if [ -e slow ]; then echo $$ >maven.pid; while [ -e slow ]; do sleep 0.1; done; fi
            if [ -e broken ]; then echo "[ERROR] Serai.java:[7,3] cannot find symbol"; exit 1; fi
            mkdir -p target ;;
          *) echo "mvn $*" ;;
        esac
        """
            .formatted(version, root.resolve("builds")));
    return this;
  }

  /** Makes every training run fail. */
  void refuseArchives() {
    file("no-archive", "");
  }

  /** Times that Maven has built. */
  long builds() {
    try {
      Path builds = root.resolve("builds");
      return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file, relative to the root of everything. */
  Path file(String name, String text) {
    try {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder of a JDK that was put there. */
  String jdk(String version) {
    return root.resolve("jvm/jdk-" + version).toString();
  }

  /** Starts the script from its own folder and does not wait for its end. */
  Process begin(String... arguments) {
    List<String> command = new ArrayList<>(List.of(root.resolve("bin/bash").toString()));
    command.add(home().resolve("serai").toString());
    command.addAll(List.of(arguments));
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(home().toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      return builder
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Calls the script from its own folder. */
  Outcome serai(String... arguments) {
    return call(home().resolve("serai"), home(), arguments);
  }

  /** Calls a script from a folder. */
  Outcome call(Path script, Path folder, String... arguments) {
    List<String> command = new ArrayList<>(List.of(root.resolve("bin/bash").toString()));
    command.add(script.toString());
    command.addAll(List.of(arguments));
    try {
      Path out = Files.createTempFile(root, "out", "");
      Path err = Files.createTempFile(root, "err", "");
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      builder.redirectOutput(out.toFile()).redirectError(err.toFile());
      Process process = builder.start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("the script hangs: " + command);
      }
      return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void program(String name, String text) {
    try {
      Files.setPosixFilePermissions(file(name, text), PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path found(String tool) throws IOException {
    for (String folder : System.getenv("PATH").split(":")) {
      Path program = Path.of(folder, tool);
      if (Files.isExecutable(program)) {
        return program;
      }
    }
    throw new IOException("this machine has no " + tool);
  }
}
