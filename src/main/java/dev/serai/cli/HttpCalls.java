package dev.serai.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Requests to one port of a running Serai; what the network does becomes a sentence with a remedy.
 *
 * <p>Over the JDK's old client, because the new one takes longer to load than everything else that
 * a command does.
 */
final class HttpCalls {
  private static final int CONNECT = 5_000; // ms
  private static final int PATIENCE = 60_000; // ms

  private final String address;
  private final String option;
  private final String login;

  /**
   * Requests to one port.
   *
   * @param address scheme, host and port
   * @param option of the command that chooses another port
   * @param login value of the header Authorization; empty for none
   */
  HttpCalls(String address, String option, String login) {
    this.address = address;
    this.option = option;
    this.login = login;
  }

  /** What was answered, whatever the status. */
  record Answer(int status, String body) {
    boolean isError() {
      return status >= HttpURLConnection.HTTP_BAD_REQUEST;
    }
  }

  /** Sends one, with JSON when there is some. */
  Answer ask(String method, String path, Map<String, String> headers, @Nullable String json) {
    return told(
        () -> {
          HttpURLConnection connection = open(method, path, headers);
          if (json != null) {
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setDoOutput(true);
            connection.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
          }
          return answer(connection);
        });
  }

  /**
   * Reads the lines of an answer that does not end by itself.
   *
   * @param silence milliseconds without a line after which nobody is there any more
   * @param more called with each line; whether another one is wanted
   * @return what was answered instead; empty when there were lines
   */
  Optional<Answer> follow(String path, int silence, Predicate<String> more) {
    return told(
        () -> {
          HttpURLConnection connection = open("GET", path, Map.of());
          connection.setReadTimeout(silence);
          if (connection.getResponseCode() >= HttpURLConnection.HTTP_BAD_REQUEST) {
            return Optional.of(answer(connection));
          }
          try (BufferedReader lines =
              new BufferedReader(
                  new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null && more.test(line)) {
              line = lines.readLine();
            }
            connection.disconnect(); // or closing would wait for the rest
          }
          return Optional.empty();
        });
  }

  private HttpURLConnection open(String method, String path, Map<String, String> headers)
      throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(address + path).toURL().openConnection();
    connection.setRequestMethod(method);
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout(CONNECT);
    connection.setReadTimeout(PATIENCE);
    headers.forEach(connection::setRequestProperty);
    if (!login.isEmpty()) {
      connection.setRequestProperty("Authorization", login);
    }
    return connection;
  }

  private static Answer answer(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    boolean refused = status >= HttpURLConnection.HTTP_BAD_REQUEST;
    try (InputStream body = refused ? connection.getErrorStream() : connection.getInputStream()) {
      String text = body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(status, text);
    }
  }

  private interface Asking<T> {
    T run() throws IOException;
  }

  private <T> T told(Asking<T> asking) {
    try {
      return asking.run();
    } catch (ConnectException | UnknownHostException e) {
      throw new NoSeraiException(
          "nothing answers on %s; start Serai with ./serai run, or name its port with %s"
              .formatted(address, option),
          e);
    } catch (SocketTimeoutException e) {
      throw new NoSeraiException(address + " did not answer in time", e);
    } catch (IOException e) {
      throw new NoSeraiException(address + " did not answer: " + e.getMessage(), e);
    }
  }
}
