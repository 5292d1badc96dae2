package dev.serai.hub;

import dev.serai.http.LiveAnswer.Caller;
import dev.serai.http.LiveSocket;
import dev.serai.http.ProblemException;
import dev.serai.hub.History.Arrival;
import java.util.List;
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
  private final Archive archive;
  private final Feeds feeds;
  private final Places places;
  private final CatchUp catchUp;
  private final Instances instances;
  private final Audiences audiences;
  private final TopicSelectors selectors;
  private volatile @Nullable Workers workers;

  Hub(
      Archive archive,
      Feeds feeds,
      Instances instances,
      Audiences audiences,
      TopicSelectors selectors) {
    this.selectors = selectors;
    this.archive = archive;
    this.feeds = feeds;
    this.places = new Places(feeds, archive.history(), archive.forgetting());
    this.catchUp = new CatchUp(feeds, archive.history(), archive.reader());
    this.instances = instances;
    this.audiences = audiences;
  }

  /**
   * Keeps an update, and tells it.
   *
   * @param message names the message that it came with: the same update of the same message is kept
   *     once; null: it came with none
   * @return completes with the update's id when the update is in the store; fails with a {@link
   *     StreamsUnavailableException} if that cannot be now
   * @throws BadUpdateException if it cannot be told
   */
  public CompletableFuture<String> publish(
      Channel channel, Update update, @Nullable String message) {
    Workers running = workers;
    return running == null
        ? CompletableFuture.failedFuture(StreamsUnavailableException.stopped())
        : running
            .intake()
            .keep(channel, new Arrival(update.checked(), message))
            .thenApply(Kept::id);
  }

  /**
   * Lets a client follow topics.
   *
   * @param visit hears when it begins and ends
   * @return the body with which a route ends
   * @throws ProblemException 503 or 429 when there are too many clients; 503 when this instance
   *     stops
   */
  public Following follow(Channel channel, Subscription subscription, Visit visit)
      throws ProblemException {
    Workers running = workers;
    if (running == null || audiences.isClosed()) {
      throw new ProblemException(
          503, "streams-stopped", "This instance stops; another one answers.", List.of());
    }
    audiences.attendance().check(subscription.client());
    return new Following(
        channel,
        subscription,
        places.find(channel, subscription),
        visit,
        (following, caller) -> begin(running, following, caller));
  }

  /**
   * The same over WebSocket, where a client may change its topics.
   *
   * @throws ProblemException as {@link #follow}
   */
  public Conversation converse(Subscription subscription) throws ProblemException {
    return new Conversation(follow(Channel.WEBSOCKET, subscription, Visit.UNNOTED));
  }

  /**
   * The latest update of which somebody may know; {@code earliest} if there is none.
   *
   * @return the id after which all is new
   */
  public String latestId(Channel channel, Leave leave) {
    return places
        .latest(channel, feeds.of(channel).ring().last(), leave.privates())
        .orElse(Places.EARLIEST);
  }

  private void begin(Workers running, Following following, Caller caller) {
    Client.Library library =
        new Client.Library(feeds.of(following.channel()).ring(), running.pages());
    caller
        .loop()
        .execute(
            () -> {
              Client client = audiences.add(following, caller, library);
              if (caller instanceof LiveSocket.Caller socket) {
                listen(running, client, socket);
              }
            });
  }

  private void listen(Workers running, Client client, LiveSocket.Caller caller) {
    Talk.Aside aside =
        work ->
            CompletableFuture.supplyAsync(work, running.readers())
                .thenAcceptAsync(Runnable::run, caller.loop());
    Vocabulary vocabulary =
        new Vocabulary(
            selectors,
            audiences.mostTopics(),
            subscription -> places.find(Channel.WEBSOCKET, subscription).sequence());
    Talk talk =
        new Talk(caller, client, aside, vocabulary, ending -> audiences.end(client, ending));
    caller.whenSaid(talk::said);
  }

  @Override
  public void start() {
    feeds.load(archive);
    workers = Workers.start(archive, this::told);
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
