package dev.serai.hub;

import dev.serai.http.LiveAnswer.Caller;
import dev.serai.http.ProblemException;
import dev.serai.hub.Following.Place;
import dev.serai.hub.History.Arrival;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Topics that clients follow: keeps what is published to them, and tells it to whoever is connected
 * to this process. Thread-safe; no thread waits for a client.
 */
@Component("hub")
public class Hub implements SmartLifecycle {
  /** What a client sends as its last event id to get everything that is kept. */
  public static final String EARLIEST = "earliest";

  private final History history;
  private final HistoryReader reader;
  private final Instances instances;
  private final CatchUp catchUp;
  private final Audiences audiences;
  private final Feeds feeds;
  private volatile @Nullable Workers workers;

  Hub(
      History history,
      HistoryReader reader,
      Instances instances,
      Feeds feeds,
      Audiences audiences) {
    this.history = history;
    this.reader = reader;
    this.feeds = feeds;
    this.audiences = audiences;
    this.instances = instances;
    this.catchUp = new CatchUp(feeds, history, reader);
  }

  /**
   * Keeps an update, and tells it.
   *
   * @param message id of the message that it came with: the same update of the same message is kept
   *     once; null: it came with none
   * @return completes with the update's id when the update is in the store
   * @throws BadUpdateException if it cannot be told
   */
  public CompletableFuture<String> publish(
      Channel channel, Update update, @Nullable String message) {
    Workers running = workers;
    return running == null
        ? CompletableFuture.failedFuture(
            new IllegalStateException("streams-stopped: this instance stops"))
        : running
            .intake()
            .keep(channel, new Arrival(update.checked(), message))
            .thenApply(Kept::id);
  }

  /**
   * Lets a client follow topics.
   *
   * @return the body with which a route ends
   * @throws ProblemException 503 or 429 when there are too many clients; 503 when this instance
   *     stops
   */
  public Following follow(Channel channel, Subscription subscription) throws ProblemException {
    Workers running = workers;
    if (running == null || audiences.isClosed()) {
      throw new ProblemException(
          503, "streams-stopped", "This instance stops; another one answers.", List.of());
    }
    audiences.attendance().check(subscription.client());
    return new Following(
        channel,
        subscription,
        place(channel, subscription.lastEventId()),
        (following, caller) -> begin(running, following, caller));
  }

  private void begin(Workers running, Following following, Caller caller) {
    Client.Library library =
        new Client.Library(feeds.of(following.channel()).ring(), running.pages());
    caller.loop().execute(() -> audiences.add(following, caller, library));
  }

  private Place place(Channel channel, @Nullable String id) {
    Ring ring = feeds.of(channel).ring();
    if (id == null) {
      return new Place(ring.last(), null);
    }
    OptionalLong found = id.startsWith("urn:uuid:") ? ring.find(id) : OptionalLong.empty();
    if (found.isEmpty() && !id.equals(EARLIEST)) {
      found = history.find(channel, id);
    }
    return found.isEmpty() ? new Place(0, EARLIEST) : new Place(found.getAsLong(), id);
  }

  @Override
  public void start() {
    feeds.load(history, reader);
    workers = Workers.start(history, reader, this::told);
  }

  /** Tells the clients here at once, and those of other instances by way of the broker. */
  private CompletableFuture<Void> told(Channel channel, List<Kept> updates) {
    hear(channel, updates);
    return instances.tell(channel, updates);
  }

  /** Takes what was kept by whichever instance. */
  void hear(Channel channel, List<Kept> updates) {
    Workers running = workers;
    if (feeds.of(channel).offer(updates) && running != null) {
      catchUp.mendLater(channel, running.readers(), audiences::wake);
    }
    audiences.wake();
  }

  /** Takes what was kept by others and not heard of. */
  void look() {
    if (instances.areThere()) {
      catchUp.look();
      audiences.wake();
    }
  }

  /** Sends clients away before the routes end, so that they find another instance. */
  @EventListener(ContextClosedEvent.class)
  void sendAway() {
    audiences.close();
  }

  @Override
  public void stop() {
    Workers running = workers;
    workers = null;
    if (running != null) {
      running.stop();
    }
  }

  @Override
  public boolean isRunning() {
    return workers != null;
  }

  /** Before the routes start, after they have stopped. */
  @Override
  public int getPhase() {
    return 0;
  }
}
