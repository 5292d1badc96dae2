package dev.serai.hub;

import java.util.List;

/** How a client is written to, in the words of its protocol. Used on the loop of its connection. */
interface Outlet {

  /** Tells updates. */
  void tell(List<Frame> frames);

  /** Lets proxies and the client know that somebody is there. */
  void sayAlive();

  /** Says why it ends, and ends. */
  void close(Ending ending);

  /** Ends the connection of a client that takes nothing. */
  void cut(Ending ending);
}
