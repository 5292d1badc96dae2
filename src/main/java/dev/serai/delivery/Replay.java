package dev.serai.delivery;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import dev.serai.broker.OutgoingMessage;
import dev.serai.broker.Publisher;
import dev.serai.http.ProblemException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages of one parking queue back. Each leaves the queue only when the broker has
 * confirmed its copy, so that a crash in between leaves two of it and never none.
 */
final class Replay {
  private static final int ROUND = 200;
  private static final long ROUND_BYTES = 16L << 20;

  private final ConnectionFactory broker;
  private final Publisher publisher;
  private final ParkingQueues queues;
  private final String queue;
  private final ReplayRequest request;

  /** Prepares a replay; nothing happens before {@link #look}. */
  Replay(
      ConnectionFactory broker,
      Publisher publisher,
      ParkingQueues queues,
      String queue,
      ReplayRequest request) {
    this.broker = broker;
    this.publisher = publisher;
    this.queues = queues;
    this.queue = queue;
    this.request = request;
  }

  /**
   * What a replay has found.
   *
   * @param ids of the messages it is about, oldest first
   * @param unknown ids of those that have nowhere to go back to
   */
  record Found(List<String> ids, List<String> unknown) {}

  /** What a replay has done; the failure is that of the first message that was not confirmed. */
  record Done(List<String> ids, @Nullable Throwable failure) {}

  private record Sending(GetResponse message, String id, CompletableFuture<Void> confirmed) {}

  /** Reads which messages are meant and leaves them where they are. */
  Found look() throws ProblemException, IOException {
    MessageFilter filter = MessageFilter.parse(request.filter());
    List<String> ids = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    try (ParkingSession session = ParkingSession.open(broker, queue)) {
      Optional<GetResponse> next = session.next();
      while (next.isPresent() && ids.size() < request.max()) {
        ParkedMessage message = read(next.get());
        if (filter.matches(message.json(), DeliveryHeaders.of(next.get().getProps()))) {
          ids.add(message.id());
          if (target(message).isEmpty()) {
            unknown.add(message.id());
          }
        }
        next = session.next();
      }
    }
    return new Found(ids, unknown);
  }

  /** Sends them; stops at the first round in which one was not confirmed. */
  Done send() throws ProblemException, IOException {
    MessageFilter filter = MessageFilter.parse(request.filter());
    List<String> done = new ArrayList<>();
    try (ParkingSession session = ParkingSession.open(broker, queue)) {
      while (true) {
        List<Sending> round = round(session, filter, request.max() - done.size());
        Throwable failure = settle(session, round, done);
        if (round.isEmpty() || failure != null || done.size() >= request.max()) {
          return new Done(done, failure);
        }
      }
    }
  }

  private List<Sending> round(ParkingSession session, MessageFilter filter, int most)
      throws IOException {
    List<Sending> round = new ArrayList<>();
    long bytes = 0;
    while (round.size() < Math.min(ROUND, most) && bytes < ROUND_BYTES) {
      GetResponse next = session.next().orElse(null);
      if (next == null) {
        return round;
      }
      ParkedMessage message = read(next);
      Optional<String> target = target(message);
      if (target.isPresent()
          && filter.matches(message.json(), DeliveryHeaders.of(next.getProps()))) {
        bytes += next.getBody().length;
        OutgoingMessage copy =
            new OutgoingMessage(
                "", target.get(), again(next.getProps(), target.get()), next.getBody());
        round.add(new Sending(next, message.id(), publisher.publish(copy)));
      }
    }
    return round;
  }

  private static @Nullable Throwable settle(
      ParkingSession session, List<Sending> round, List<String> done) throws IOException {
    Throwable failure = null;
    for (Sending sending : round) {
      try {
        sending.confirmed().join();
        session.ack(sending.message());
        done.add(sending.id());
      } catch (CompletionException e) {
        failure = failure != null ? failure : Optional.ofNullable(e.getCause()).orElse(e);
      }
    }
    return failure;
  }

  private ParkedMessage read(GetResponse message) {
    return ParkedMessage.of(message, queues.onlyOrigin(queue), Instant.now());
  }

  private Optional<String> target(ParkedMessage message) {
    return request.to().or(() -> Optional.ofNullable(message.origin()).filter(queues::isWork));
  }

  /** As it came, but counted anew and without the broker's notes on earlier deaths. */
  private static AMQP.BasicProperties again(AMQP.BasicProperties came, String target) {
    Map<String, Object> headers = new HashMap<>(DeliveryHeaders.of(came));
    int replays = DeliveryHeaders.count(headers, DeliveryHeaders.REPLAYS);
    headers.keySet().removeIf(DeliveryHeaders.OF_FAILURES::contains);
    headers
        .keySet()
        .removeIf(name -> name.equals("x-death") || name.matches("x-(first|last)-death-.*"));
    headers.put(DeliveryHeaders.REPLAYS, replays + 1);
    headers.put(DeliveryHeaders.ORIGIN, target);
    return came.builder().headers(headers).deliveryMode(2).expiration(null).build();
  }
}
