package dev.serai.mercure;

import dev.serai.hub.Leave;
import dev.serai.hub.TopicSelector;
import dev.serai.hub.TopicSelectors;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client may do.
 *
 * @param publish topics to which it may publish; null: none at all
 * @param subscribe topics of which it may see private updates
 * @param expires when this ends; null: never
 * @param subject who it is; null: nobody says so
 * @param payload what others may know of it; null: nothing
 * @param detailed whether a token of version 1.0 says so
 */
record Grants(
    @Nullable List<TopicSelector> publish,
    List<TopicSelector> subscribe,
    @Nullable Instant expires,
    @Nullable String subject,
    @Nullable Object payload,
    boolean detailed) {

  /** Of whom nobody knows: what is public. */
  static final Grants PUBLIC = new Grants(null, List.of(), null, null, null, false);

  /** Of a publisher in a development environment. */
  static final Grants ANY_PUBLICATION =
      new Grants(List.of(TopicSelectors.exact("*")), List.of(), null, null, null, false);

  /** Whether it may publish to each of these topics. */
  boolean mayPublish(List<String> topics) {
    List<TopicSelector> granted = publish;
    return granted != null && topics.stream().allMatch(topic -> selects(granted, topic));
  }

  /** What it may follow. */
  Leave leave() {
    return new Leave(this::mayRead, expires, subject);
  }

  /** Whether it may see a private update with these topics. */
  boolean mayRead(List<String> topics) {
    return topics.stream().anyMatch(topic -> selects(subscribe, topic));
  }

  private static boolean selects(List<TopicSelector> selectors, String topic) {
    for (TopicSelector selector : selectors) {
      if (selector.selects(topic)) {
        return true;
      }
    }
    return false;
  }
}
