package dev.serai.bloodbank;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.broker.PublishException;
import dev.serai.http.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Sends history once more, in its order and one event after the other. Bean {@code
 * bloodbankReplay}; thread-safe.
 */
@Component("bloodbankReplay")
public class BloodbankReplay {
  private final HistoryReader history;
  private final ReplayTargets targets;
  private final Duration patience;
  private final Semaphore places;

  BloodbankReplay(
      HistoryReader history,
      ReplayTargets targets,
      @Value("${bloodbank.replay.patience}") Duration patience,
      @Value("${bloodbank.replay.at-once}") int atOnce) {
    this.places = new Semaphore(atOnce);
    this.history = history;
    this.targets = targets;
    this.patience = patience;
  }

  /**
   * Sends the events that are asked for until one is not taken, or the time is up.
   *
   * @param body as {@code replay.schema.json} allows it
   * @throws ProblemException 400 for what cannot be read, 422 for a queue that is none of the bus,
   *     503 when too many replays are made already
   * @throws PublishException if the broker does not take the first event
   */
  public Replayed replay(JsonNode body) throws ProblemException, PublishException {
    HistoryQuery query = HistoryQuery.of(body);
    ReplayTargets.Target target = targets.of(body.path("to"));
    if (!places.tryAcquire()) {
      throw new ProblemException(
          503, "replays-busy", "As many replays are made as may at once; try later.", List.of());
    }
    try {
      return replay(query, target);
    } finally {
      places.release();
    }
  }

  private Replayed replay(HistoryQuery query, ReplayTargets.Target target) throws PublishException {
    long end = System.nanoTime() + patience.toNanos();
    HistoryReader.Found found = history.find(query, Long.MAX_VALUE);
    long before = query.after();
    int sent = 0;
    for (long sequence : found.sequences()) {
      if (System.nanoTime() - end > 0) {
        return new Replayed(sent, before, null);
      }
      Optional<HistoryReader.Entry> entry = history.read(sequence); // bodies one by one
      if (entry.isPresent()) {
        KeptEvent event = entry.get().event();
        try {
          target.send(event);
        } catch (PublishException e) {
          if (sent == 0) {
            throw e;
          }
          return new Replayed(sent, before, stopped(event, e));
        } catch (NotTakenException e) {
          return new Replayed(sent, before, stopped(event, e));
        }
        sent++;
      }
      before = sequence;
    }
    return new Replayed(sent, found.next(), null);
  }

  private static Replayed.Stopped stopped(KeptEvent event, Exception failure) {
    return new Replayed.Stopped(event.id(), String.valueOf(failure.getMessage()));
  }
}
