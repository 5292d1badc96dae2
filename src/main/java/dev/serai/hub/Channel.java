package dev.serai.hub;

import java.util.Locale;

/** A way by which clients are told; each has a history of its own. */
public enum Channel {
  /** Server-sent events. */
  SSE,
  /** Frames of WebSocket. */
  WEBSOCKET;

  /** The scheme of its endpoint, and its name in the store and in metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The one with this label.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Channel named(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
