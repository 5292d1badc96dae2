package dev.serai.egress;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Looks up the addresses of names. */
interface Names {
  /**
   * All addresses of a name, in the order in which to try them.
   *
   * @return fails when there are none
   */
  CompletionStage<List<InetAddress>> resolve(String host);
}
