package dev.serai.hub;

import dev.serai.http.LiveAnswer;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The answer to somebody who follows topics. */
public final class Following implements LiveAnswer {
  private final Channel channel;
  private final Subscription subscription;
  private final Place start;
  private final Visit visit;
  private final BiConsumer<Following, Caller> beginning;

  /**
   * Where a client begins.
   *
   * @param sequence of the latest update that it has or does not want
   * @param id of it, for the client to compare with what it asked for; null: it asked for nothing
   * @param prime the id that the client has from the start, so that it can come back before it was
   *     told anything; null: there is none
   */
  record Place(long sequence, @Nullable String id, @Nullable String prime) {}

  Following(
      Channel channel,
      Subscription subscription,
      Place start,
      Visit visit,
      BiConsumer<Following, Caller> beginning) {
    this.channel = channel;
    this.subscription = subscription;
    this.start = start;
    this.visit = visit;
    this.beginning = beginning;
  }

  /**
   * What the headers {@code Last-Event-ID} and {@code Mercure-Last-Event-ID} of the answer say: the
   * id of the update before the first one that is sent, {@code earliest} if some may be lost; null
   * when the client asked for nothing.
   */
  public @Nullable String getLastEventId() {
    return start.id() == null ? null : HeaderText.written(start.id());
  }

  Channel channel() {
    return channel;
  }

  Subscription subscription() {
    return subscription;
  }

  long place() {
    return start.sequence();
  }

  Visit visit() {
    return visit;
  }

  @Override
  public String opening() {
    Manner manner = subscription.manner();
    String prime = start.prime();
    return EventStream.comment(manner.pad())
        + (prime == null ? "" : EventStream.prime(prime, manner.eventSource()));
  }

  @Override
  public void begin(Caller caller) {
    beginning.accept(this, caller);
  }
}
