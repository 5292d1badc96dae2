package dev.serai.delivery;

/** A message has failed for good, and its queue has no place for it; it stays in the queue. */
class NowhereToParkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NowhereToParkException(String queue) {
    super(
        "nowhere-to-park: queue \"%s\" has neither park: nor dead-letter: in its topology.yaml, so the message stays in it and comes back; add park:"
            .formatted(queue));
  }
}
