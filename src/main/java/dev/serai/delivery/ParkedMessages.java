package dev.serai.delivery;

import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.ShutdownSignalException;
import dev.serai.broker.Publisher;
import dev.serai.broker.QueueFigures;
import dev.serai.http.ProblemException;
import dev.serai.http.ProblemException.FieldError;
import dev.serai.topology.Topologies;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The messages in the parking queues: listed, looked at, sent back; bean {@code dlq} of the routes
 * of {@code /dlq}.
 *
 * <p>Safe for concurrent use: of this process one call at a time reads a queue, since messages that
 * one reads are hidden from the others. Another process may find fewer meanwhile.
 */
@Component("dlq")
public class ParkedMessages {
  private static final int USUAL_LIMIT = 50;
  private static final int MOST = 1000;
  private static final int MOST_READ = 10_000;
  private static final long MOST_BYTES = 8L << 20;

  private final ConnectionFactory broker;
  private final Publisher publisher;
  private final QueueFigures figures;
  private final ParkingQueues queues;
  private final Map<String, Object> turns = new ConcurrentHashMap<>();

  ParkedMessages(
      ConnectionFactory broker, Publisher publisher, QueueFigures figures, Topologies topologies) {
    this.broker = broker;
    this.publisher = publisher;
    this.figures = figures;
    this.queues = new ParkingQueues(topologies);
  }

  /** All parking queues. */
  public record Queues(List<Queue> items) {}

  /**
   * A parking queue.
   *
   * @param messages in it; null when the broker does not have it
   * @param origins queues whose messages end here
   */
  public record Queue(String queue, @Nullable Long messages, List<String> origins) {}

  /**
   * Some messages of a queue, oldest first.
   *
   * @param messages in it, whether they match or not
   * @param more whether there are messages that were not looked at
   */
  public record Shown(String queue, long messages, boolean more, List<?> items) {}

  /** What a replay has done, or with dryRun would do. */
  public record Replayed(
      String queue,
      boolean dryRun,
      int matched,
      int replayed,
      List<String> ids,
      List<String> unknownOrigin) {}

  /**
   * Lists the parking queues.
   *
   * @throws ProblemException 503 when the broker is away
   */
  public Queues list() throws ProblemException {
    List<String> names = queues.names();
    try {
      Map<String, QueueFigures.Figures> known = figures.of(names).join();
      return new Queues(
          names.stream()
              .map(
                  name ->
                      new Queue(
                          name,
                          Optional.ofNullable(known.get(name))
                              .map(QueueFigures.Figures::messages)
                              .orElse(null),
                          queues.origins(name)))
              .toList());
    } catch (CompletionException e) {
      throw ParkingSession.unavailable(String.join(", ", names), e);
    }
  }

  /**
   * Shows messages without taking them.
   *
   * @param limit most messages to show, from 1 to 1000; 50 when it is null
   * @param filter as {@link MessageFilter} reads it
   */
  public Shown show(
      @Header("queue") String queue,
      @Header("limit") @Nullable String limit,
      @Header("filter") @Nullable String filter)
      throws ProblemException {
    queues.check(queue);
    int most = limit(limit);
    MessageFilter wanted = MessageFilter.parse(filter);
    synchronized (turn(queue)) {
      try (ParkingSession session = ParkingSession.open(broker, queue)) {
        List<ParkedMessage> items = new ArrayList<>();
        long bytes = 0;
        int read = 0;
        while (items.size() < most && read < MOST_READ && bytes < MOST_BYTES) {
          GetResponse next = session.next().orElse(null);
          if (next == null) {
            return new Shown(queue, session.depth(), false, items);
          }
          read++;
          ParkedMessage message = ParkedMessage.of(next, queues.onlyOrigin(queue), Instant.now());
          if (wanted.matches(message.json(), DeliveryHeaders.of(next.getProps()))) {
            items.add(message);
            bytes += next.getBody().length;
          }
        }
        return new Shown(queue, session.depth(), read < session.depth(), items);
      } catch (IOException | ShutdownSignalException e) {
        throw ParkingSession.unavailable(queue, e);
      }
    }
  }

  /**
   * Sends messages back to where they came from.
   *
   * @param body JSON of a {@link ReplayRequest}
   * @throws ProblemException 409 when the origin of some is unknown; nothing is sent then. 503 when
   *     the broker did not confirm all; the rest stays
   */
  public Replayed replay(@Header("queue") String queue, @Body String body) throws ProblemException {
    queues.check(queue);
    ReplayRequest request = ReplayRequest.parse(body == null ? "" : body);
    if (request.to().filter(to -> !queues.isWork(to)).isPresent()) {
      String detail = "must be one of: " + String.join(", ", queues.work());
      throw new ProblemException(
          422,
          "unknown-queue",
          "Messages cannot be sent there.",
          List.of(new FieldError("#/to", detail)));
    }
    Replay replay = new Replay(broker, publisher, queues, queue, request);
    synchronized (turn(queue)) {
      try {
        Replay.Found found = replay.look();
        if (request.dryRun()) {
          return new Replayed(queue, true, found.ids().size(), 0, found.ids(), found.unknown());
        }
        checkOrigins(found);
        Replay.Done done = replay.send(found);
        checkAll(queue, found, done);
        return new Replayed(
            queue, false, found.ids().size(), done.ids().size(), done.ids(), List.of());
      } catch (IOException | ShutdownSignalException e) {
        throw ParkingSession.unavailable(queue, e);
      }
    }
  }

  private static void checkOrigins(Replay.Found found) throws ProblemException {
    if (!found.unknown().isEmpty()) {
      throw new ProblemException(
          409,
          "unknown-origin",
          "Nothing was sent: where these messages came from is not known. Name a queue in \"to\": "
              + String.join(", ", found.unknown()),
          List.of(new FieldError("#/to", "missing")));
    }
  }

  private static void checkAll(String queue, Replay.Found found, Replay.Done done)
      throws ProblemException {
    Throwable failure = done.failure();
    if (failure != null) {
      throw new ProblemException(
          503,
          "replay-incomplete",
          "%d of %d were sent; what did not leave %s is still there: %s"
              .formatted(done.ids().size(), found.ids().size(), queue, failure.getMessage()),
          List.of());
    }
  }

  private Object turn(String queue) {
    return turns.computeIfAbsent(queue, name -> new Object());
  }

  private static int limit(@Nullable String text) throws ProblemException {
    if (text == null || text.isBlank()) {
      return USUAL_LIMIT;
    }
    if (text.matches("\\d{1,4}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= MOST) {
      return Integer.parseInt(text);
    }
    throw new ProblemException(
        400,
        "bad-limit",
        "limit must be an integer from 1 to " + MOST,
        List.of(new FieldError("#/limit", "must be an integer from 1 to " + MOST)));
  }
}
