package dev.serai.delivery;

import com.rabbitmq.client.AMQP;
import dev.serai.topology.Topologies.Partitions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * A message that its consumer keeps between attempts, so that it does not lose its place: how often
 * it has failed, and what the policy wants next. One attempt at a time.
 */
public final class KeptMessage {
  private static final String PROPERTY = "serai.kept";

  private final int replays;
  private volatile int failures;
  private volatile @Nullable Instant firstFailedAt;
  private volatile @Nullable Duration wait;
  private volatile boolean parked;

  /**
   * A message that was not tried yet.
   *
   * @param trusted whether its {@code serai-} headers are ours
   */
  public KeptMessage(AMQP.BasicProperties properties, boolean trusted) {
    Map<String, Object> headers = trusted ? DeliveryHeaders.of(properties) : Map.of();
    replays = DeliveryHeaders.count(headers, DeliveryHeaders.REPLAYS);
    failures = DeliveryHeaders.count(headers, DeliveryHeaders.ATTEMPT);
  }

  /** Begins an attempt, in which the policy of the route can say what happens next. */
  public void begin(Exchange exchange) {
    wait = null;
    exchange.setProperty(PROPERTY, this);
  }

  /** The one that an exchange is about; null when its consumer keeps none. */
  static @Nullable KeptMessage of(Exchange exchange) {
    return exchange.getProperty(PROPERTY, KeptMessage.class);
  }

  /** What the policy wants after the attempt: to wait so long, or nothing more. */
  public Optional<Duration> nextWait() {
    return Optional.ofNullable(wait);
  }

  /** Whether it went to its parking queue, in this attempt or in one that failed after that. */
  public boolean isParked() {
    return parked;
  }

  /** Whether a person has sent it back: then it comes after others that were later. */
  public boolean isReplay() {
    return replays > 0;
  }

  History history() {
    return new History(failures, Optional.ofNullable(firstFailedAt), replays);
  }

  /** Whether a wait is short enough for a message that its consumer keeps. */
  static boolean canLast(Duration wanted) {
    return wanted.compareTo(Partitions.LONGEST_WAIT) <= 0;
  }

  void failed(Duration next, Instant now) {
    failures++;
    firstFailedAt = firstFailedAt == null ? now : firstFailedAt;
    wait = next;
  }

  void parked() {
    parked = true;
  }
}
