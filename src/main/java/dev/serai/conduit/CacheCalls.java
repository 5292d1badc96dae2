package dev.serai.conduit;

import dev.serai.files.TimeText;
import dev.serai.http.WholeCalls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/**
 * Tells the application beside this process what it has to forget. Bean {@code conduitCache};
 * thread-safe.
 *
 * <p>When it could not be told once, what it has forgotten is not known any more: then it has to
 * forget everything as soon as it answers.
 */
@Component("conduitCache")
public class CacheCalls {
  private static final int MOST_BYTES = 64 * 1024; // of an answer, which nobody looks at

  private final WholeCalls calls =
      new WholeCalls(
          "the application", HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
  private final AtomicLong missed = new AtomicLong(); // what was not told, or was left out
  private final AtomicLong made = new AtomicLong(); // up to which of those it has forgotten all

  /**
   * Tells the application.
   *
   * @param url where; empty: there is none to be told
   * @param timeout longest wait for the end of its answer, such as {@code 2s}
   * @throws IOException if it does not say 2xx
   */
  public void call(String notice, String url, String timeout) throws IOException {
    if (url.isBlank()) {
      return;
    }
    Duration patience = TimeText.read(timeout).orElseThrow();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url.strip()))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(notice))
            .build();
    try {
      int status = calls.call(request, MOST_BYTES, patience).status();
      if (status / 100 != 2) {
        throw new IOException("the application answered " + status);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** From now on the application has to forget everything. */
  public void fallBehind() {
    missed.incrementAndGet();
  }

  /**
   * Whether a notice need not be told, because "flush all" is still to come. One more comes then,
   * as that may be under way already.
   */
  public boolean skips() {
    boolean behind = due() > 0;
    if (behind) {
      fallBehind();
    }
    return behind;
  }

  /** What "flush all" makes good, for {@link #flushed}; 0: nothing. */
  public long due() {
    long latest = missed.get();
    return latest > made.get() ? latest : 0;
  }

  /** The application has forgotten everything after it was asked what is due. */
  public void flushed(long due) {
    made.accumulateAndGet(due, Math::max);
  }
}
