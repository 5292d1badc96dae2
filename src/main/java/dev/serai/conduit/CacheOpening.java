package dev.serai.conduit;

import dev.serai.topology.NewInstanceQueue;
import org.springframework.stereotype.Component;

/**
 * Lets an instance begin with "flush all" after each new connection: what was published while it
 * had no queue is not known.
 */
@Component
class CacheOpening implements NewInstanceQueue {
  private static final String QUEUE = "conduit.cache";

  private final CacheCalls calls;

  CacheOpening(CacheCalls calls) {
    this.calls = calls;
  }

  @Override
  public void declared(String queue) {
    if (queue.equals(QUEUE)) {
      calls.fallBehind();
    }
  }
}
