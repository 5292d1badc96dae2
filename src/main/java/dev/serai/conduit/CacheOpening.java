package dev.serai.conduit;

import dev.serai.topology.NewInstanceQueue;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Lets an instance begin with "flush all" after each new connection: what was published while it
 * had no queue is not known.
 */
@Component
class CacheOpening implements NewInstanceQueue {
  private final CacheCalls calls;
  private final String notices;

  /**
   * For one queue.
   *
   * @param notices the queue, as topology.yaml calls it; empty: there is no pack conduit
   */
  CacheOpening(CacheCalls calls, @Value("${conduit.cache.queue:}") String notices) {
    this.calls = calls;
    this.notices = notices;
  }

  @Override
  public void declared(String queue) {
    if (queue.equals(notices)) {
      calls.fallBehind();
    }
  }
}
