package dev.serai.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.containers.PostgreSQLContainer;

/**
 * The PostgreSQL of the test run, started at the first use and stopped with the JVM.
 *
 * <p>Chosen in the order: Docker, the server programs of this machine, the Debian package (as
 * root). If none can be had the test fails with the reason.
 */
public final class TestPostgres {
  private static final Duration START = Duration.ofSeconds(60);
  private static final String IMAGE = "postgres:17-alpine";
  private static final String USER = "serai";
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final String host;
  private final int port;

  private TestPostgres(String host, int port) {
    this.host = host;
    this.port = port;
  }

  /** An empty database of its own, as {@code postgres://user:password@host:port/database}. */
  public static String emptyDatabase() {
    TestPostgres server = Running.SERVER;
    String name = "test" + DATABASES.incrementAndGet();
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL refused to make a database", e);
    }
    return "postgres://%s:%s@%s:%d/%s".formatted(USER, USER, server.host, server.port, name);
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/postgres".formatted(host, port), USER, USER);
  }

  private static final class Running {
    static final TestPostgres SERVER = start();
  }

  private static TestPostgres start() {
    MachineProbe probe = MachineProbe.postgresql();
    ServerSource source = ServerSource.own(probe);
    if (source instanceof ServerSource.Docker) {
      System.out.println("PostgreSQL for the tests: a container of " + IMAGE);
      return container();
    }
    Path program =
        source instanceof ServerSource.Local local ? local.program() : DebianPackage.install(probe);
    System.out.println("PostgreSQL for the tests: a private server of " + program);
    try {
      return local(program.resolveSibling("initdb"), program);
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL for the tests did not start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while PostgreSQL started", e);
    }
  }

  @SuppressWarnings("resource") // ends with the JVM
  private static TestPostgres container() {
    PostgreSQLContainer<?> container =
        new PostgreSQLContainer<>(IMAGE).withUsername(USER).withPassword(USER);
    container.start();
    return new TestPostgres(container.getHost(), container.getFirstMappedPort());
  }

  private static TestPostgres local(Path initdb, Path postgres)
      throws IOException, InterruptedException {
    Path folder = Path.of(run(asServerUser("mktemp", "-d", "/tmp/serai-postgres-XXXXXX")));
    run(
        asServerUser(
            initdb.toString(),
            "--pgdata=" + folder,
            "--username=" + USER,
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
            "--no-sync"));
    int port = FreePorts.find(1).get(0);
    Process server =
        new ProcessBuilder(
                asServerUser(
                    postgres.toString(),
                    "-D",
                    folder.toString(),
                    "-p",
                    Integer.toString(port),
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "unix_socket_directories=",
                    "-c",
                    "fsync=off"))
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, folder)));
    TestPostgres started = new TestPostgres("127.0.0.1", port);
    started.awaitReady(server);
    return started;
  }

  private void awaitReady(Process server) throws InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    while (true) {
      try (Connection connection = connect()) {
        return;
      } catch (SQLException e) {
        if (!server.isAlive() || System.nanoTime() > end) {
          throw new IllegalStateException("PostgreSQL did not become ready", e);
        }
        TimeUnit.MILLISECONDS.sleep(50); // the only condition to wait for is the connection itself
      }
    }
  }

  private static void stop(Process server, Path folder) {
    server.destroy();
    try {
      if (!server.waitFor(10, TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
      run(List.of("rm", "-rf", folder.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The server refuses to run as root. {@code setpriv} becomes the program, so its id is ours. */
  private static List<String> asServerUser(String... command) {
    List<String> whole = new ArrayList<>();
    if (isRoot()) {
      whole.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    }
    whole.addAll(List.of(command));
    return whole;
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed: " + output);
    }
    return output;
  }
}
