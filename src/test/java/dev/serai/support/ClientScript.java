package dev.serai.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client that others wrote, driven by a script of {@code src/test/node} or {@code src/test/php}:
 * it says JSON, a line each, and is told lines.
 */
public final class ClientScript implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_SECONDS = 60;

  private final Process process;
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

  private ClientScript(Process process) {
    this.process = process;
  }

  /**
   * Starts a script in Node, with the packages of {@code src/test/node}.
   *
   * @param name its file
   */
  public static ClientScript node(String name, String... arguments) throws IOException {
    Path script = NodePackages.installed().resolve(name);
    return start(MachineProbe.node(), script, arguments);
  }

  /** Starts a script in PHP, which has Symfony's client of Mercure hubs. */
  public static ClientScript php(String name, String... arguments) throws IOException {
    return start(MachineProbe.symfony(), Path.of("src/test/php", name), arguments);
  }

  private static ClientScript start(MachineProbe probe, Path script, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(probe.program().toString());
    command.add(script.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    ClientScript started = new ClientScript(builder.redirectErrorStream(true).start());
    Thread reader = new Thread(started::read, script.getFileName().toString());
    reader.setDaemon(true);
    reader.start();
    return started;
  }

  private void read() {
    try (BufferedReader output = process.inputReader()) {
      for (@Nullable String line = output.readLine(); line != null; line = output.readLine()) {
        said.add(line);
      }
    } catch (IOException e) {
      said.add("\"it ended\""); // closed
    }
  }

  /**
   * What it says next.
   *
   * @throws IllegalStateException when it says nothing, or something else than JSON
   */
  public JsonNode next() throws InterruptedException {
    String line = said.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    try {
      if (line != null) {
        return JSON.readTree(line);
      }
    } catch (IOException e) {
      List<String> rest = new ArrayList<>(List.of(line));
      said.drainTo(rest);
      throw new IllegalStateException(String.join("\n", rest), e);
    }
    throw new IllegalStateException(
        "the script says nothing; " + (process.isAlive() ? "it runs" : "it has ended"));
  }

  /** Tells it a line. */
  public void tell(String line) {
    try {
      process.outputWriter().write(line + "\n");
      process.outputWriter().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
