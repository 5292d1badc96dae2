package dev.serai.hub;

import java.util.Locale;

/** Why the stream of a client ends. */
enum Ending {
  /** The client did not take what it was sent. */
  TOO_SLOW,
  /** Connections end after a while, so that they spread over the instances anew. */
  AGE,
  /** The token that the client came with is no longer good. */
  EXPIRED,
  /** This instance stops. */
  GOING_AWAY,
  /** More clients came at once than may. */
  TOO_MANY,
  /** An error of this side. */
  FAILED;

  /** The word that clients and metrics see. */
  String reason() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
