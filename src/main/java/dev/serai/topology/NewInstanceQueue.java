package dev.serai.topology;

/** Hears of each queue that this process has for itself, once for each connection. */
@FunctionalInterface
public interface NewInstanceQueue {

  /**
   * The queue is there, and empty; what was in the one of the connection before is lost. Must
   * return soon.
   *
   * @param queue as files call it
   */
  void declared(String queue);
}
