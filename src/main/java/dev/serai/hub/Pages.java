package dev.serai.hub;

import dev.serai.hub.HistoryReader.Outline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the history for clients that are behind, a page at a time. Thread-safe. */
final class Pages {
  private static final Logger LOG = LoggerFactory.getLogger(Pages.class);
  private static final int LOOKED_AT = 1000;
  private static final int CHUNK = 256 * 1024; // characters of a page, but for one update

  private final HistoryReader history;
  private final Executor readers;

  Pages(HistoryReader history, Executor readers) {
    this.history = history;
    this.readers = readers;
  }

  /**
   * What a client gets next.
   *
   * @param upTo number of the latest update that was looked at
   */
  record Page(List<Frame> frames, long upTo) {}

  /**
   * Reads the next page after a place.
   *
   * @param wanted by its topics, and whether it is private
   * @param upTo the last that may be in it
   */
  CompletableFuture<Page> read(
      BiPredicate<List<String>, Boolean> wanted, Channel channel, long place, long upTo) {
    return CompletableFuture.supplyAsync(() -> page(wanted, channel, place, upTo), readers)
        .whenComplete(
            (page, failure) -> {
              if (failure != null) {
                LOG.warn("stream-waits: {}: {}", channel.label(), failure.getMessage());
              }
            });
  }

  private Page page(
      BiPredicate<List<String>, Boolean> wanted, Channel channel, long place, long upTo) {
    List<Outline> outlines = history.outlines(channel, place, upTo, LOOKED_AT);
    List<Long> chosen = new ArrayList<>();
    long size = 0;
    long seen = outlines.size() < LOOKED_AT ? upTo : outlines.get(LOOKED_AT - 1).sequence();
    for (Outline outline : outlines) {
      if (wanted.test(outline.topics(), outline.isPrivate())) {
        if (size > 0 && size + outline.size() > CHUNK) {
          seen = outline.sequence() - 1;
          break;
        }
        size += outline.size();
        chosen.add(outline.sequence());
      }
    }
    List<Frame> frames =
        history.read(channel, chosen).stream().map(kept -> Frame.of(channel, kept)).toList();
    return new Page(frames, seen);
  }
}
