package dev.serai.hub;

import dev.serai.http.LiveSocket;

/** The answer to somebody who follows topics over WebSocket, and may change them. */
public final class Conversation implements LiveSocket {
  private final Following following;

  Conversation(Following following) {
    this.following = following;
  }

  @Override
  public void begin(Caller caller) {
    following.begin(caller);
  }
}
