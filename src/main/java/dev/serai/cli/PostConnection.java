package dev.serai.cli;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One kept-alive HTTP/1.1 connection that posts JSON; of answers it reads only the status.
 *
 * <p>By hand, because on the machine that is measured a full client costs as much as the server.
 */
final class PostConnection implements AutoCloseable {
  private static final int PATIENCE = 60_000; // ms

  private final Socket socket;
  private final InputStream in;
  private final String head;

  /** Connects to the host and port of an http address. */
  PostConnection(URI target) throws IOException {
    int port = target.getPort() < 0 ? 80 : target.getPort();
    this.socket = new Socket(target.getHost(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE);
    this.in = new BufferedInputStream(socket.getInputStream());
    this.head =
        "POST %s HTTP/1.1\r\nHost: %s:%d\r\nContent-Type: application/json\r\nContent-Length: "
            .formatted(target.getRawPath(), target.getHost(), port);
  }

  /** Sends a body and returns the status of the answer. */
  int post(String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    socket
        .getOutputStream()
        .write((head + body.length + "\r\n\r\n" + json).getBytes(StandardCharsets.UTF_8));
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    long length = 0;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Long.parseLong(lower.substring(15).strip());
      }
      chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
    }
    if (chunked) {
      skipChunks();
    } else {
      in.skipNBytes(length);
    }
    return status;
  }

  private void skipChunks() throws IOException {
    long size = Long.parseLong(line().split(";", 2)[0].strip(), 16);
    while (size > 0) {
      in.skipNBytes(size + 2);
      size = Long.parseLong(line().split(";", 2)[0].strip(), 16);
    }
    while (!line().isEmpty()) {
      // trailers
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the server closed the connection");
      }
      line.append((char) next);
    }
    return line.toString().stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
