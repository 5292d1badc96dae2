package dev.serai.delivery;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.ShutdownSignalException;
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
   * @param messages that it is about, oldest first
   * @param unknown ids of those that have nowhere to go back to
   */
  record Found(List<Known> messages, List<String> unknown) {
    List<String> ids() {
      return messages.stream().map(Known::id).toList();
    }
  }

  /** What tells a message from others: two queues may have parked the same one. */
  record Known(String id, @Nullable String origin) {
    static Known of(ParkedMessage message) {
      return new Known(message.id(), message.origin());
    }
  }

  /**
   * What a replay has done.
   *
   * @param ids of the messages that were sent and confirmed
   * @param failure of the first message that was not confirmed or could not be taken out; null when
   *     all were
   */
  record Done(List<String> ids, @Nullable Throwable failure) {}

  private record Sending(GetResponse message, String id, CompletableFuture<Void> confirmed) {}

  /** Reads which messages are meant and leaves them where they are. */
  Found look() throws ProblemException, IOException {
    MessageFilter filter = MessageFilter.parse(request.filter());
    List<Known> found = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    try (ParkingSession session = ParkingSession.open(broker, queue)) {
      Optional<GetResponse> next = session.next();
      while (next.isPresent() && found.size() < request.max()) {
        ParkedMessage message = read(next.get());
        if (filter.matches(message.json(), DeliveryHeaders.of(next.get().getProps()))) {
          found.add(Known.of(message));
          if (target(message).isEmpty()) {
            unknown.add(message.id());
          }
        }
        next = session.next();
      }
    }
    return new Found(found, unknown);
  }

  /**
   * Sends what was found and nothing that came later; stops at the first round in which one was not
   * confirmed. A message whose connection is lost between its confirm and its ack is sent and stays
   * parked as well.
   */
  Done send(Found found) throws ProblemException {
    List<Known> left = new ArrayList<>(found.messages());
    List<String> done = new ArrayList<>();
    try (ParkingSession session = ParkingSession.open(broker, queue)) {
      while (true) {
        List<Sending> round = round(session, left);
        Throwable failure = settle(session, round, done);
        if (round.isEmpty() || left.isEmpty() || failure != null) {
          return new Done(done, failure);
        }
      }
    } catch (IOException | ShutdownSignalException e) {
      return new Done(done, e);
    }
  }

  private List<Sending> round(ParkingSession session, List<Known> left) throws IOException {
    List<Sending> round = new ArrayList<>();
    long bytes = 0;
    while (round.size() < ROUND && bytes < ROUND_BYTES && !left.isEmpty()) {
      GetResponse next = session.next().orElse(null);
      if (next == null) {
        return round;
      }
      ParkedMessage message = read(next);
      Optional<String> target = target(message);
      if (target.isPresent() && left.remove(Known.of(message))) {
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
      ParkingSession session, List<Sending> round, List<String> done) {
    Throwable failure = null;
    for (Sending sending : round) {
      try {
        sending.confirmed().join();
        done.add(sending.id());
        session.ack(sending.message());
      } catch (CompletionException e) {
        failure = failure != null ? failure : Optional.ofNullable(e.getCause()).orElse(e);
      } catch (IOException | ShutdownSignalException e) { // it is sent and stays parked
        failure = failure != null ? failure : e;
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
