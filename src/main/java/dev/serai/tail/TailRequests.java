package dev.serai.tail;

import com.rabbitmq.client.ConnectionFactory;
import dev.serai.http.OperatorProblem;
import dev.serai.http.ProblemException;
import dev.serai.topology.KeyPattern;
import dev.serai.topology.Topologies;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestHandler;

/**
 * {@code GET /consume?exchange=…&pattern=…} of the operator port: what is published from now on, a
 * line of JSON for each message, and an empty line for each second without one. Thread-safe; each
 * reader holds a thread of the operator port.
 */
@Component
class TailRequests implements HttpRequestHandler {
  private static final Logger LOG = LoggerFactory.getLogger(TailRequests.class);
  private static final int MOST_MESSAGES = 1000; // that wait for one reader
  private static final long MOST_BYTES = 4L * 1024 * 1024;
  private static final long SIGN_OF_LIFE = 1000; // ms

  private final ConnectionFactory broker;
  private final Topologies topologies;
  private final int most;
  private final Set<Tail> tails = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  TailRequests(
      ConnectionFactory broker, Topologies topologies, @Value("${serai.most-tails}") int most) {
    this.broker = broker;
    this.topologies = topologies;
    this.most = most;
  }

  @Override
  public void handleRequest(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try (Tail tail = begin(request)) {
      tails.add(tail);
      try {
        write(tail, response);
      } finally {
        tails.remove(tail);
      }
    } catch (ProblemException e) {
      OperatorProblem.write(response, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Tail begin(HttpServletRequest request) throws ProblemException {
    if (!request.getMethod().equals("GET")) {
      throw new ProblemException(405, "method-not-allowed", "/consume takes GET.", List.of());
    }
    String exchange = String.valueOf(request.getParameter("exchange"));
    String pattern = request.getParameter("pattern");
    check(exchange, pattern == null ? "" : pattern);
    if (stopped || tails.size() >= most) {
      throw new ProblemException(
          503,
          "too-many-readers",
          "%d commands consume already, or Serai stops; end one of them.".formatted(tails.size()),
          List.of());
    }
    try {
      return Tail.begin(
          broker, exchange, String.valueOf(pattern), new TailBuffer(MOST_MESSAGES, MOST_BYTES));
    } catch (IOException | TimeoutException e) {
      ProblemException problem =
          new ProblemException(
              503,
              "broker-unavailable",
              "Exchange \"%s\" cannot be listened to now: %s".formatted(exchange, e.getMessage()),
              List.of());
      problem.initCause(e);
      throw problem;
    }
  }

  private void check(String exchange, String pattern) throws ProblemException {
    Topologies.ExchangeSpec known = topologies.exchanges().get(exchange);
    if (known == null) {
      throw new ProblemException(
          404,
          "unknown-exchange",
          "There is no exchange \"%s\"; there are: %s"
              .formatted(exchange, String.join(", ", topologies.exchanges().keySet())),
          List.of());
    }
    String wrong = KeyPattern.problem(pattern).orElse("");
    if (wrong.isEmpty() && known.type().equals("direct") && pattern.matches(".*[*#].*")) {
      wrong = "\"%s\" is a direct exchange, which knows no wildcards".formatted(exchange);
    }
    if (!wrong.isEmpty()) {
      throw new ProblemException(
          400,
          "bad-pattern",
          "\"%s\" is no pattern of routing keys: %s.".formatted(pattern, wrong),
          List.of(new ProblemException.FieldError("pattern", wrong)));
    }
  }

  private static void write(Tail tail, HttpServletResponse response) throws InterruptedException {
    try {
      follow(tail, response);
    } catch (IOException e) {
      LOG.debug("The reader has gone", e);
    }
  }

  private static void follow(Tail tail, HttpServletResponse response)
      throws IOException, InterruptedException {
    response.setContentType("application/x-ndjson");
    response.setHeader("Cache-Control", "no-store");
    OutputStream out = response.getOutputStream();
    out.write('\n'); // it has begun
    out.flush();
    Clock clock = Clock.systemUTC();
    while (!tail.isOver()) {
      TailBuffer.Next next = tail.next(SIGN_OF_LIFE);
      if (next.leftOut() > 0) {
        out.write(TailLine.leftOut(next.leftOut()));
      }
      out.write(next.message() == null ? new byte[] {'\n'} : TailLine.of(next.message(), clock));
      out.flush();
    }
  }

  /** The operator port waits for its readers when it stops. */
  @EventListener(ContextClosedEvent.class)
  void sendAway() {
    stopped = true;
    tails.forEach(Tail::close);
  }
}
