package dev.serai.hub;

import dev.serai.http.ProblemException;
import org.apache.camel.Exchange;

/** Says what callers of {@code GET /stream} and {@code GET /ws} may follow. Thread-safe. */
@FunctionalInterface
public interface Rights {

  /**
   * The leave of whoever sent a request.
   *
   * @return {@link Leave#NONE} if it shows nothing
   * @throws ProblemException 401 {@code invalid-token} if what it shows is not good
   */
  Leave of(Exchange exchange) throws ProblemException;
}
