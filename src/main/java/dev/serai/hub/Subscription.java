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
 * @param pad bytes that each write has at least, for proxies that wait for many; 0 as a rule
 */
public record Subscription(
    List<TopicSelector> topics,
    Predicate<List<String>> mayReadPrivate,
    @Nullable String lastEventId,
    @Nullable Instant expires,
    String client,
    int pad) {

  /** Whether this client is told an update. */
  boolean wants(Update update) {
    return selectsOneOf(update.topics())
        && (!update.isPrivate() || mayReadPrivate.test(update.topics()));
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
