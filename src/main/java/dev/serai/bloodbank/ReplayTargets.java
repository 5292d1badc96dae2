package dev.serai.bloodbank;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.AMQP;
import dev.serai.broker.OutgoingMessage;
import dev.serai.broker.PublishException;
import dev.serai.broker.Publisher;
import dev.serai.egress.Egress;
import dev.serai.egress.EgressAnswer;
import dev.serai.egress.EgressRequest;
import dev.serai.egress.RefusedTargetException;
import dev.serai.http.ProblemException;
import dev.serai.http.ProblemException.FieldError;
import java.net.URI;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Where history can be sent: a queue or a URL. Thread-safe. */
@Component
class ReplayTargets {
  private static final int PERSISTENT = 2;

  private final Publisher publisher;
  private final Egress egress;
  private final BusQueues queues;
  private final Duration timeout;

  ReplayTargets(
      Publisher publisher,
      Egress egress,
      BusQueues queues,
      @Value("${bloodbank.replay.timeout}") Duration timeout) {
    this.publisher = publisher;
    this.egress = egress;
    this.queues = queues;
    this.timeout = timeout;
  }

  /** Takes events one by one. */
  interface Target {
    /**
     * Sends one and returns when it is taken.
     *
     * @throws PublishException if the broker does not take it
     * @throws NotTakenException if the receiver does not
     */
    void send(KeptEvent event) throws PublishException, NotTakenException;
  }

  /**
   * What a request names.
   *
   * @param to an object with {@code queue} or {@code url}
   * @throws ProblemException 400 for a URL that may not be called, 422 for a queue of something
   *     else
   */
  Target of(JsonNode to) throws ProblemException {
    if (to.hasNonNull("queue")) {
      String queue = to.get("queue").asText();
      queues.checkOpen(queue, "#/to/queue");
      return event -> publish(queue, event);
    }
    URI url = url(to.path("url").asText());
    return event -> call(url, event);
  }

  private URI url(String text) throws ProblemException {
    try {
      URI url = URI.create(text);
      egress.check(url);
      return url;
    } catch (IllegalArgumentException | RefusedTargetException e) {
      throw new ProblemException(
          400,
          "bad-replay",
          "#/to/url cannot be called: " + e.getMessage(),
          List.of(new FieldError("#/to/url", String.valueOf(e.getMessage()))));
    }
  }

  private void publish(String queue, KeptEvent event) throws PublishException, NotTakenException {
    AMQP.BasicProperties properties =
        new AMQP.BasicProperties.Builder()
            .messageId(event.id())
            .contentType(event.contentType())
            .correlationId(event.correlation())
            .timestamp(new Date())
            .deliveryMode(PERSISTENT)
            .priority(0)
            .headers(event.replayed())
            .build();
    CompletableFuture<Void> confirmed =
        publisher.publish(new OutgoingMessage("", queue, properties, event.body()));
    try {
      confirmed.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PublishException refused) {
        throw refused;
      }
      throw new NotTakenException(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotTakenException("Serai stops");
    }
  }

  private void call(URI url, KeptEvent event) throws NotTakenException {
    Map<String, String> headers = event.httpHeaders();
    CompletableFuture<EgressAnswer> call =
        egress.call(new EgressRequest("POST", url, headers, event.body(), timeout));
    try {
      int status = call.get().status();
      if (status < 200 || status > 299) {
        throw new NotTakenException("the answer was " + status);
      }
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new NotTakenException(String.valueOf(cause.getMessage()));
    } catch (InterruptedException e) {
      call.cancel(true);
      Thread.currentThread().interrupt();
      throw new NotTakenException("Serai stops");
    }
  }
}
