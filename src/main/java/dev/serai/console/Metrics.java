package dev.serai.console;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** All meters as Prometheus text; bean {@code metrics} of the route of {@code GET /metrics}. */
@Component("metrics")
public class Metrics {
  private static final String END = "# EOF\n";
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private final PrometheusMeterRegistry registry;

  private final Map<String, String> aliases;

  Metrics(PrometheusMeterRegistry registry, Environment environment) {
    this.registry = registry;
    this.aliases =
        new TreeMap<>(
            Binder.get(environment)
                .bind("serai.metric-aliases", Bindable.mapOf(String.class, String.class))
                .orElse(Map.of()));
  }

  /**
   * Makes the meters the body, as OpenMetrics if the caller accepts that, else as text format
   * 0.0.4.
   */
  public void scrape(Exchange exchange) {
    Message message = exchange.getMessage();
    String type = accepts(message.getHeaders()) ? OPEN_METRICS : TEXT;
    message.setBody(withAliases(registry.scrape(type)));
    message.setHeader(Exchange.CONTENT_TYPE, type);
  }

  /** Each family that has another name follows once more under that, before the end mark. */
  private String withAliases(String text) {
    StringBuilder more = new StringBuilder();
    aliases.forEach(
        (alias, name) -> {
          Pattern family =
              Pattern.compile(
                  "(?m)^(# (?:HELP|TYPE|UNIT) )?%s(?=[ {]|_(?:total|bucket|count|sum|max|created)[ {])(.*)$"
                      .formatted(Pattern.quote(name)));
          family
              .matcher(text)
              .results()
              .map(line -> (line.group(1) == null ? "" : line.group(1)) + alias + line.group(2))
              .forEach(line -> more.append(line).append('\n'));
        });
    int end = text.endsWith(END) ? text.length() - END.length() : text.length();
    return text.substring(0, end) + more + text.substring(end);
  }

  private static boolean accepts(Map<String, @Nullable Object> headers) {
    return String.valueOf(headers.get("Accept")).contains("application/openmetrics-text");
  }
}
