package dev.serai.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Serai in a process of its own, which may be killed and started again on the same data. Its
 * ports are other ones after each start. Ends with the JVM at last.
 */
public final class SeraiProcess extends Sidecar {
  private static final Pattern PORT = Pattern.compile(" (data|operator) port +http://\\S+:(\\d+)");
  private static final Pattern READY = Pattern.compile(" +ready +\\d+ routes in .*");

  private final List<String> command = new ArrayList<>();
  private final Thread atExit = new Thread(this::kill);
  private @Nullable Process process;
  private volatile int port;
  private volatile int operatorPort;

  private SeraiProcess(Path data, Map<String, String> settings) {
    command.addAll(KnownClasses.command());
    command.addAll(List.of(SeraiApp.arguments(data, settings)));
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Starts a Serai and returns when it is ready; as {@link SeraiApp#start}. */
  public static SeraiProcess start(Path data, Map<String, String> settings) {
    SeraiProcess made = new SeraiProcess(data, settings);
    made.restart();
    return made;
  }

  /** Starts it again on its data, after {@link #kill}; returns when it is ready. */
  public void restart() {
    try {
      Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
      process = started;
      BufferedReader output = started.inputReader();
      readBanner(output);
      drain(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readBanner(BufferedReader output) throws IOException {
    StringBuilder seen = new StringBuilder();
    String line = output.readLine();
    while (line != null && !READY.matcher(line).matches()) {
      seen.append(line).append('\n');
      Matcher found = PORT.matcher(line);
      if (found.find()) {
        int number = Integer.parseInt(found.group(2));
        if (found.group(1).equals("data")) {
          port = number;
        } else {
          operatorPort = number;
        }
      }
      line = output.readLine();
    }
    if (line == null) {
      throw new IllegalStateException("Serai ended while it started: " + seen);
    }
  }

  /** A full pipe would stop it. What it says is shown, as that of a Serai in this process is. */
  private static void drain(BufferedReader output) {
    Thread thread =
        new Thread(() -> output.lines().forEach(System.out::println), "serai-process-output");
    thread.setDaemon(true);
    thread.start();
  }

  /** Ends it as a power failure would, with SIGKILL. Its data stay. */
  public void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      try {
        if (!running.waitFor(10, TimeUnit.SECONDS)) {
          throw new IllegalStateException("a killed Serai does not end");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends it as Ctrl-C does, with what drains and closes; returns how long that took. */
  public Duration stop() throws InterruptedException {
    Process running = Objects.requireNonNull(process);
    long start = System.nanoTime();
    running.destroy();
    running.waitFor(60, TimeUnit.SECONDS);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public int operatorPort() {
    return operatorPort;
  }

  @Override
  public void close() {
    kill();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }
}
