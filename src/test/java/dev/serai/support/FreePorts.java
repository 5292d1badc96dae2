package dev.serai.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports that nobody listens to at the moment. */
final class FreePorts {
  private FreePorts() {}

  /** Different ones. */
  static List<Integer> find(int count) {
    List<Integer> found = new ArrayList<>();
    List<ServerSocket> open = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        ServerSocket socket = new ServerSocket(0);
        open.add(socket);
        found.add(socket.getLocalPort());
      }
      for (ServerSocket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }
}
