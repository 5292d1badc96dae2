package dev.serai.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * A node of the installed server with everything of its own: name, ports, folder, cookie and epmd.
 *
 * <p>Both processes are our children, so that they can be ended by their ids.
 */
final class LocalNode extends RabbitNode {
  private final Path program;
  private final Path folder;
  private final List<Integer> ports = FreePorts.find(3);
  private final Thread atExit = new Thread(this::end);
  private @Nullable Process epmd;
  private @Nullable Process server;

  LocalNode(Path program) {
    this.program = program;
    try {
      this.folder = Files.createTempDirectory("serai-rabbitmq-");
      Files.writeString(folder.resolve("plugins"), "[].\n");
      Files.writeString(folder.resolve("rabbitmq.conf"), "disk_free_limit.absolute = 50MB\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  @Override
  public String host() {
    return "127.0.0.1";
  }

  @Override
  public int port() {
    return ports.get(0);
  }

  @Override
  void enable(String plugin) {
    try {
      Files.writeString(folder.resolve("plugins"), "[" + plugin + "].\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  void launch() {
    if (epmd == null || !epmd.isAlive()) {
      epmd = run("epmd.log", "epmd", "-address", host(), "-port", ports.get(2).toString());
    }
    server = run("server.log", program.toString(), "-noinput");
  }

  @Override
  public void kill() {
    kill(server);
  }

  @Override
  public void killAndForget() {
    kill();
    delete(folder.resolve("data"));
  }

  @Override
  void checkAlive() {
    if (server == null || !server.isAlive()) {
      throw new IllegalStateException("RabbitMQ ended while it started: " + log());
    }
  }

  @Override
  public void close() {
    end();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  private void end() {
    kill(server);
    kill(epmd);
    delete(folder);
  }

  private static void delete(Path folder) {
    try {
      FileSystemUtils.deleteRecursively(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process run(String log, String... command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("RABBITMQ_"));
    builder.environment().putAll(settings());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve(log).toFile()));
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + command[0], e);
    }
  }

  private Map<String, String> settings() {
    return Map.ofEntries(
        Map.entry("HOME", folder.toString()), // where Erlang keeps its cookie
        Map.entry("ERL_EPMD_ADDRESS", host()),
        Map.entry("ERL_EPMD_PORT", ports.get(2).toString()),
        // The script becomes the server instead of watching over it: its id is the server's.
        Map.entry("RABBITMQ_ALLOW_INPUT", "true"),
        Map.entry("RABBITMQ_NODENAME", "serai" + port() + "@localhost"),
        Map.entry("RABBITMQ_NODE_IP_ADDRESS", host()),
        Map.entry("RABBITMQ_NODE_PORT", ports.get(0).toString()),
        Map.entry("RABBITMQ_DIST_PORT", ports.get(1).toString()),
        Map.entry("RABBITMQ_MNESIA_BASE", folder.resolve("data").toString()),
        Map.entry("RABBITMQ_LOG_BASE", folder.resolve("log").toString()),
        Map.entry("RABBITMQ_PID_FILE", folder.resolve("pid").toString()),
        Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", folder.resolve("plugins").toString()),
        Map.entry("RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq.conf").toString()),
        Map.entry("RABBITMQ_GENERATED_CONFIG_DIR", folder.resolve("generated").toString()),
        Map.entry("RABBITMQ_CONF_ENV_FILE", folder.resolve("none").toString()),
        Map.entry(
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
            "-start_epmd false +sbwt none -kernel inet_dist_use_interface {127,0,0,1}"));
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("server.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void kill(@Nullable Process process) {
    if (process == null) {
      return;
    }
    process.destroyForcibly();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("process " + process.pid() + " survived SIGKILL");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
