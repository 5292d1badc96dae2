package dev.serai.mercure;

import dev.serai.http.ProblemException;
import dev.serai.http.RequestLine;
import dev.serai.hub.Channel;
import dev.serai.hub.HeaderText;
import dev.serai.hub.Hub;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/**
 * Shows who follows the Mercure hub of this process; bean {@code mercureSubscriptions} of {@code
 * /.well-known/mercure/subscriptions}. Thread-safe.
 */
@Component("mercureSubscriptions")
public class Subscriptions {
  private static final int FIRST = 3; // segment behind /.well-known/mercure/subscriptions

  private final Attendants attendants;
  private final Admission admission;
  private final Hub hub;
  private final boolean shown;

  Subscriptions(Attendants attendants, Admission admission, Hub hub, MercureSettings settings) {
    this.attendants = attendants;
    this.admission = admission;
    this.hub = hub;
    this.shown = settings.subscriptions();
  }

  /**
   * What a request is answered.
   *
   * @param type of the content
   * @param lastEventId behind which a stream tells every change of it
   */
  public record Answer(Map<String, Object> content, String type, String lastEventId) {}

  /**
   * Answers the subscriptions to which the path of a request leads: all, those of a topic, or one.
   *
   * @throws ProblemException 401 without a good token, 403 if it does not name this path, 404 if
   *     there is no such subscription, or nothing of them is to be seen
   */
  public Answer show(Exchange exchange) throws ProblemException {
    if (!shown) {
      throw new ProblemException(
          404, "subscriptions-hidden", "serai.mercure.subscriptions is false.", List.of());
    }
    Grants grants = admission.subscriber(exchange);
    RequestLine line = RequestLine.of(exchange);
    String first = line.segment(FIRST);
    String second = line.segment(FIRST + 1);
    String third = line.segment(FIRST + 2);
    String path = Presence.path(first, second, third);
    if (!grants.mayRead(List.of(path))) {
      throw admission.insufficient(exchange, "The token does not allow to see " + path + ".");
    }
    boolean typed = first.equals(Presence.EXACT) || first.equals(Presence.URL_PATTERN);
    boolean detailed = first.isEmpty() ? grants.detailed() : typed;
    // Asked for before the list is made: what changes meanwhile is told twice, not never.
    String lastEventId = hub.latestId(Channel.SSE, grants.leave());
    Map<String, Object> content =
        (typed ? third : second).isEmpty() ? list(path, detailed, lastEventId) : one(path);
    return new Answer(
        content, detailed ? "application/json" : "application/ld+json", quoted(lastEventId));
  }

  private Map<String, Object> one(String path) throws ProblemException {
    return attendants.all().stream()
        .filter(presence -> presence.path().equals(path))
        .findFirst()
        .map(presence -> presence.said(true))
        .orElseThrow(
            () ->
                new ProblemException(
                    404, "unknown-subscription", "There is no subscription " + path, List.of()));
  }

  private Map<String, Object> list(String path, boolean detailed, String lastEventId) {
    Predicate<Presence> wanted =
        path.equals(Presence.PATH)
            ? presence -> true
            : presence -> presence.path().startsWith(path + "/");
    Map<String, Object> list = new LinkedHashMap<>();
    if (!detailed) {
      list.put("@context", Presence.CONTEXT);
    }
    list.put("id", path);
    list.put("type", detailed ? "subscriptions" : "Subscriptions");
    if (!detailed) {
      list.put("lastEventID", lastEventId);
    }
    list.put(
        "subscriptions",
        attendants.all().stream().filter(wanted).map(presence -> presence.said(true)).toList());
    return list;
  }

  /** Inside of quotation marks in a header. */
  private static String quoted(String id) {
    return HeaderText.written(id.replace("\\", "\\\\").replace("\"", "\\\""));
  }
}
