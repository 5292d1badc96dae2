package dev.serai.hub;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants.
 *
 * @param topics it is told an update if one of these selects one of its topics
 * @param mayReadPrivate whether it may see a private update with these topics
 * @param lastEventId the latest that it has, or {@code earliest} for everything that is kept; null:
 *     what comes from now on
 * @param expires when its leave ends, and with it the stream; null: never
 * @param client who it is, for the limit of connections of one client
 * @param manner how it is written to
 */
public record Subscription(
    List<TopicSelector> topics,
    Predicate<List<String>> mayReadPrivate,
    @Nullable String lastEventId,
    @Nullable Instant expires,
    String client,
    Manner manner) {

  /** The same client with other topics. */
  Subscription with(List<TopicSelector> others, @Nullable String id) {
    return new Subscription(List.copyOf(others), mayReadPrivate, id, expires, client, manner);
  }

  /** Whether this client is told an update. */
  boolean wants(Update update) {
    return wants(update.topics(), update.isPrivate());
  }

  /** Whether it would be told one with these topics. */
  boolean wants(List<String> names, boolean isPrivate) {
    return selectsOneOf(names) && (!isPrivate || mayReadPrivate.test(names));
  }

  /** Whether one of the topics is selected. */
  boolean selectsOneOf(List<String> names) {
    for (TopicSelector selector : topics) {
      for (String name : names) {
        if (selector.selects(name)) {
          return true;
        }
      }
    }
    return false;
  }
}
