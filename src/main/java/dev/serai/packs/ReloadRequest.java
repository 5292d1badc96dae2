package dev.serai.packs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.http.ProblemException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExchangeHelper;
import org.springframework.stereotype.Component;

/**
 * Answers what operators ask about the files. Bean {@code routeReload} of {@code
 * routes/shared/operator/routes.camel.yaml}; each answer is JSON.
 */
@Component("routeReload")
class ReloadRequest {
  private final Reloader reloader;
  private final ReloadLoop loop;
  private final ReloadReport report;
  private final RouteFiles files;
  private final ObjectMapper json;

  ReloadRequest(
      Reloader reloader,
      ReloadLoop loop,
      ReloadReport report,
      RouteFiles files,
      ObjectMapper json) {
    this.reloader = reloader;
    this.loop = loop;
    this.report = report;
    this.files = files;
    this.json = json;
  }

  /**
   * Runs what is in the folders now, without waiting for the next look. When the asking route is
   * itself to be exchanged, the answer is 202 and the exchange follows.
   *
   * @throws ProblemException 503 {@code routes-busy} when a changed route did not come to rest
   */
  public byte[] reload(Exchange exchange) throws ProblemException, JsonProcessingException {
    Set<String> asking = new HashSet<>(List.of(exchange.getFromRouteId()));
    asking.add(ExchangeHelper.getAtRouteId(exchange));
    reloader.tryAllAgain();
    Outcome outcome = reloader.run(reloader.look(), asking);
    report.tell(outcome);
    if (outcome.result() == Outcome.Result.BUSY) {
      throw new ProblemException(
          503, "routes-busy", outcome.detail().orElse("") + "; nothing was changed", List.of());
    }
    if (outcome.result() == Outcome.Result.LATER) {
      exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
      loop.lookSoon();
    }
    return json.writeValueAsBytes(outcome);
  }

  /** Which files run, since when, and what was refused. */
  public byte[] status() throws JsonProcessingException {
    return json.writeValueAsBytes(files.status());
  }
}
