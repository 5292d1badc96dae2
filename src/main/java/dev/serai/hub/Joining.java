package dev.serai.hub;

import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Puts updates together for one write, once for all clients that are told the same in a row. */
final class Joining {
  private List<Frame> latest = List.of();
  private Buffer joined = Buffer.buffer();

  /** All of them, one after the other; not to be changed. */
  Buffer join(List<Frame> frames) {
    if (frames.size() == 1) {
      return frames.get(0).bytes();
    }
    if (!isLatest(frames)) {
      Buffer all = Buffer.buffer(frames.stream().mapToInt(Frame::size).sum());
      frames.forEach(frame -> all.appendBuffer(frame.bytes()));
      latest = List.copyOf(frames);
      joined = all;
    }
    return joined;
  }

  @SuppressWarnings("ReferenceEquality") // an update is encoded once
  private boolean isLatest(List<Frame> frames) {
    if (latest.size() != frames.size()) {
      return false;
    }
    for (int i = 0; i < frames.size(); i++) {
      if (latest.get(i) != frames.get(i)) {
        return false;
      }
    }
    return true;
  }
}
