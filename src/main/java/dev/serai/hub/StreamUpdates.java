package dev.serai.hub;

import org.springframework.stereotype.Component;

/** What routes do for the streams of all instances; bean {@code streamUpdates}. Thread-safe. */
@Component("streamUpdates")
public class StreamUpdates {
  private final Hub hub;

  StreamUpdates(Hub hub) {
    this.hub = hub;
  }

  /**
   * Tells the clients of this process what another one has kept.
   *
   * @param channel by which they are told
   * @param message from the exchange {@code serai.streams}
   */
  public void hear(String channel, byte[] message) {
    hub.hear(Channel.named(channel), Instances.read(message));
  }

  /** Tells them what is in the store and was not heard of, as after a lost connection. */
  public void look() {
    hub.look();
  }
}
