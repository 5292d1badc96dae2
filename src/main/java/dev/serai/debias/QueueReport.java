package dev.serai.debias;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.serai.broker.QueueFigures;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The answer of {@code GET /rabbitmq/health}, in the seed's shape. Bean {@code debiasQueueReport}.
 */
@Component("debiasQueueReport")
public class QueueReport {
  private final QueueFigures figures;

  QueueReport(QueueFigures figures) {
    this.figures = figures;
  }

  /**
   * Queues and their figures, or the reason why there are none.
   *
   * @param status {@code healthy} or {@code unhealthy}
   * @param queues by name
   * @param error for a person; null when healthy
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Report(
      String status, @Nullable Map<String, Map<String, Long>> queues, @Nullable String error) {}

  /**
   * Reads the figures; no thread waits.
   *
   * @param consumed names of queues with consumers, separated by commas
   * @param kept names of queues that nobody consumes, separated by commas
   * @return fails within two seconds when the broker is away, or when a queue is missing
   */
  public CompletableFuture<Report> read(String consumed, String kept) {
    List<String> withConsumers = names(consumed);
    List<String> all = Stream.concat(withConsumers.stream(), names(kept).stream()).toList();
    return figures.of(all).thenApply(found -> report(all, withConsumers, found));
  }

  /** The answer when there are no figures: why, from the exception that the route has caught. */
  public Report unhealthy(Exchange exchange) {
    Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    String text = cause == null ? null : cause.getMessage();
    return new Report("unhealthy", null, text == null ? "The broker does not answer" : text);
  }

  private static Report report(
      List<String> all, List<String> withConsumers, Map<String, QueueFigures.Figures> found) {
    Map<String, Map<String, Long>> queues = new LinkedHashMap<>();
    for (String name : all) {
      QueueFigures.Figures figures = found.get(name);
      if (figures == null) {
        throw new IllegalStateException("Queue " + name + " is missing on the broker");
      }
      Map<String, Long> shown = new LinkedHashMap<>();
      shown.put("messages", figures.messages());
      if (withConsumers.contains(name)) {
        shown.put("consumers", figures.consumers());
      }
      queues.put(name, shown);
    }
    return new Report("healthy", queues, null);
  }

  private static List<String> names(String list) {
    return Arrays.stream(list.split(",")).map(String::strip).toList();
  }
}
