package dev.serai.packs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.checks.RouteProblem;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells what became of changed files: in the log, on the bus and in the metrics. Thread-safe. */
@Component
class ReloadReport {
  private static final Logger LOG = LoggerFactory.getLogger(ReloadReport.class);
  private static final String ROUTE = "direct:shared-announce-files";

  private final ProducerTemplate bus;
  private final CamelContext camel;
  private final MeterRegistry meters;
  private final Timer heldBack;
  private final ObjectMapper json;
  private Map<String, List<RouteProblem>> refused = Map.of();
  private List<RouteProblem> warnings = List.of();

  ReloadReport(ProducerTemplate bus, CamelContext camel, MeterRegistry meters, ObjectMapper json) {
    this.bus = bus;
    this.camel = camel;
    this.meters = meters;
    heldBack = meters.timer("serai.reload.held.back");
    this.json = json;
  }

  /** Tells of one look; a refusal is told once, until the problems are others. */
  synchronized void tell(Outcome outcome) {
    meters.counter("serai.reloads", "result", word(outcome.result())).increment();
    boolean first = outcome.generation() == 1;
    if (outcome.result() == Outcome.Result.APPLIED && !first) {
      applied(outcome);
    }
    if (outcome.result() == Outcome.Result.BUSY) {
      LOG.warn("The changed routes wait: {}", outcome.detail().orElse(""));
    }
    if (!outcome.refused().equals(refused)) {
      outcome.refused().forEach(this::refused);
      refused = outcome.refused();
      if (!refused.isEmpty()) {
        announce("refused", outcome);
      }
    }
  }

  /** Tells of what is probably a mistake, each once. */
  synchronized void warn(List<RouteProblem> found) {
    found.stream()
        .filter(warning -> !warnings.contains(warning))
        .forEach(warning -> LOG.warn("{}", warning));
    warnings = found;
  }

  private void applied(Outcome outcome) {
    heldBack.record(Duration.ofMillis(outcome.heldBack()));
    LOG.info(
        "Routes applied, generation {}: {}; files loaded: {}; messages waited {} ms",
        outcome.generation(),
        outcome.changes(),
        outcome.loaded().size(),
        outcome.heldBack());
    if (!outcome.atNextStart().isEmpty()) {
      LOG.warn(
          "Read at start only, so they take effect at the next one: {}", outcome.atNextStart());
    }
    announce("applied", outcome);
  }

  private void refused(String path, List<RouteProblem> problems) {
    if (!problems.equals(refused.get(path))) {
      LOG.error(
          "{} is not used as it is now:{}{}",
          path,
          System.lineSeparator(),
          problems.stream()
              .map(RouteProblem::toString)
              .collect(Collectors.joining(System.lineSeparator())));
    }
  }

  /** By a route, so that people can change where it goes; without it, nobody is told. */
  private void announce(String what, Outcome outcome) {
    if (camel.hasEndpoint(ROUTE) == null) {
      return;
    }
    try {
      bus.asyncRequestBodyAndHeader(ROUTE, json.writeValueAsBytes(outcome), "outcome", what)
          .whenComplete((done, failure) -> logUntold(what, failure));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An outcome is always JSON", e);
    }
  }

  private static void logUntold(String what, Throwable failure) {
    if (failure != null) {
      LOG.info("serai.routes.{} could not be published: {}", what, failure.getMessage());
    }
  }

  private static String word(Outcome.Result result) {
    return result.name().toLowerCase(Locale.ROOT);
  }
}
