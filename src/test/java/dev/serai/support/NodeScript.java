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

/** A client in Node, of {@code src/test/node}: it says JSON, a line each, and is told lines. */
public final class NodeScript implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_SECONDS = 60;

  private final Process process;
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

  private NodeScript(Process process) {
    this.process = process;
  }

  /**
   * Starts a script.
   *
   * @param name its file
   */
  public static NodeScript start(String name, String... arguments) throws IOException {
    Path folder = NodePackages.installed();
    List<String> command = new ArrayList<>();
    command.add(NodePackages.program(MachineProbe.node()).toString());
    command.add(folder.resolve(name).toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    NodeScript script = new NodeScript(builder.redirectErrorStream(true).start());
    Thread reader = new Thread(script::read, "node-" + name);
    reader.setDaemon(true);
    reader.start();
    return script;
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
