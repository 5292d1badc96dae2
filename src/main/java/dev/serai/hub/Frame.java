package dev.serai.hub;

import io.vertx.core.buffer.Buffer;

/**
 * An update as it goes over the wire, encoded once for all clients.
 *
 * @param bytes never changed
 */
record Frame(Kept kept, Buffer bytes) {

  /** Encodes it as the clients of a channel read it. */
  static Frame of(Channel channel, Kept kept) {
    return channel == Channel.SSE ? EventStream.frame(kept) : SocketFrames.frame(kept);
  }

  long sequence() {
    return kept.sequence();
  }

  Update update() {
    return kept.update();
  }

  int size() {
    return bytes.length();
  }
}
