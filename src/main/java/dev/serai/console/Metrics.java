package dev.serai.console;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** All meters as Prometheus text; bean {@code metrics} of the route of {@code GET /metrics}. */
@Component("metrics")
public class Metrics {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private final PrometheusMeterRegistry registry;

  Metrics(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * Makes the meters the body, as OpenMetrics if the caller accepts that, else as text format
   * 0.0.4.
   */
  public void scrape(Exchange exchange) {
    Message message = exchange.getMessage();
    String type = accepts(message.getHeaders()) ? OPEN_METRICS : TEXT;
    message.setBody(registry.scrape(type));
    message.setHeader(Exchange.CONTENT_TYPE, type);
  }

  private static boolean accepts(Map<String, @Nullable Object> headers) {
    return String.valueOf(headers.get("Accept")).contains("application/openmetrics-text");
  }
}
