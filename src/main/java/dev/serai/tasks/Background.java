package dev.serai.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serai.delivery.PoisonMessageException;
import dev.serai.files.TimeText;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Does background tasks: runs a route, or calls an HTTP address, of those that are allowed. Bean
 * {@code background}; thread-safe.
 *
 * <p>The worker's thread does the work and is interrupted when the task has to stop.
 */
@Component("background")
public class Background {
  private final CamelContext camel;
  private final RunningTasks running;
  private final HttpTarget http = new HttpTarget();

  Background(CamelContext camel, RunningTasks running) {
    this.camel = camel;
    this.running = running;
  }

  /**
   * Runs what a task names.
   *
   * @param routes allowed names of {@code direct:}, separated by commas
   * @param targets allowed addresses, as {@code name=address}, separated by commas
   * @param timeout longest wait for the answer of an address, such as {@code 10m}
   * @return the task's result
   * @throws PoisonMessageException if the task names nothing that is allowed, or the target says
   *     that the request is wrong
   */
  public @Nullable Object run(Claim claim, String routes, String targets, String timeout)
      throws Exception {
    JsonNode request = claim.request();
    String body = request.has("body") ? request.path("body").toString() : "{}";
    String route = request.path("route").textValue();
    if (route != null) {
      allow("route", route, names(routes));
      return interruptibly(claim, () -> runRoute(claim, route, body));
    }
    Map<String, String> addresses = addresses(targets);
    String target = String.valueOf(request.path("target").textValue());
    allow("target", target, List.copyOf(addresses.keySet()));
    Duration patience = TimeText.read(timeout).orElse(Duration.ofMinutes(10));
    String address = String.valueOf(addresses.get(target));
    return interruptibly(claim, () -> http.call(claim.id(), address, body, patience));
  }

  private static void allow(String kind, String name, List<String> allowed) {
    if (!allowed.contains(name)) {
      throw new PoisonMessageException(
          "not-allowed: helixagent.background.%ss does not name the %s \"%s\""
              .formatted(kind, kind, name));
    }
  }

  private @Nullable Object runRoute(Claim claim, String route, String body) throws Exception {
    try (ProducerTemplate producer = camel.createProducerTemplate()) {
      Exchange done =
          producer.request(
              "direct:" + route + "?block=false",
              exchange -> {
                exchange.getMessage().setBody(body);
                exchange.getMessage().setHeader("task", claim.id());
                exchange.getMessage().setHeader("tenant", claim.tenant());
              });
      Exception failure = done.getException();
      if (failure instanceof DirectConsumerNotAvailableException
          && camel.getRoutes().stream().noneMatch(each -> isInput(each, route))) {
        throw new IllegalStateException(
            "no-such-route: helixagent.background.routes names \"%1$s\", but no route begins with direct:%1$s"
                .formatted(route));
      }
      if (failure != null) {
        throw failure;
      }
      return done.getMessage().getBody() == null
          ? JsonNodeFactory.instance.nullNode()
          : done.getMessage().getBody(String.class);
    }
  }

  private static boolean isInput(Route route, String name) {
    return route
        .getEndpoint()
        .getEndpointUri()
        .replaceFirst("\\?.*", "")
        .equals("direct://" + name);
  }

  /** What is done by the calling thread. */
  @FunctionalInterface
  private interface Work {
    @Nullable Object run() throws Exception;
  }

  private @Nullable Object interruptibly(Claim claim, Work work) throws Exception {
    Interrupt interrupt = new Interrupt(Thread.currentThread());
    try {
      running.onInterrupt(claim, interrupt);
      return work.run();
    } catch (Exception e) {
      if (running.asked(claim).isPresent()) {
        throw new TaskStoppedException();
      }
      throw e;
    } finally {
      interrupt.end();
    }
  }

  /** Interrupts a thread while it works, and never afterwards. */
  private static final class Interrupt implements Runnable {
    private final Thread worker;
    private boolean ended;

    Interrupt(Thread worker) {
      this.worker = worker;
    }

    @Override
    public synchronized void run() {
      if (!ended) {
        worker.interrupt();
      }
    }

    /** Also takes the interrupt away, so that what comes next is not disturbed. */
    @SuppressWarnings("ReturnValueIgnored") // reading it clears it
    synchronized void end() {
      ended = true;
      Thread.interrupted();
    }
  }

  private static List<String> names(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(n -> !n.isEmpty()).toList();
  }

  private static Map<String, String> addresses(String text) {
    return names(text).stream()
        .map(entry -> entry.split("=", 2))
        .filter(entry -> entry.length == 2)
        .collect(Collectors.toMap(entry -> entry[0].strip(), entry -> entry[1].strip()));
  }
}
