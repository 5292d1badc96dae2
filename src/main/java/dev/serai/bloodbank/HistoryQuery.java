package dev.serai.bloodbank;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.http.PageRequest;
import dev.serai.http.ProblemException;
import dev.serai.http.ProblemException.FieldError;
import dev.serai.http.RequestLine;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Which events of the history are meant.
 *
 * @param key their keys; null: all
 * @param since when they were kept at the earliest; null: any
 * @param until before which they were kept; null: any
 * @param correlation their group; null: any
 * @param after the sequence behind which they begin; 0: at the first
 * @param limit most of them, from 1 to 1000
 */
public record HistoryQuery(
    @Nullable EventPattern key,
    @Nullable Instant since,
    @Nullable Instant until,
    @Nullable String correlation,
    long after,
    int limit) {
  private interface Source {
    @Nullable String text(String name);
  }

  /** Reads the query of a request. */
  static HistoryQuery of(Exchange request) throws ProblemException {
    RequestLine line = RequestLine.of(request);
    return of(line::query, PageRequest.limitOf(line.query("limit"), PageRequest.USUAL));
  }

  /** Reads the fields of a JSON object. */
  static HistoryQuery of(JsonNode body) throws ProblemException {
    return of(
        name -> body.hasNonNull(name) ? body.get(name).asText() : null,
        PageRequest.limitOf(body.path("limit").asText(null), PageRequest.MOST));
  }

  private static HistoryQuery of(Source source, int limit) throws ProblemException {
    String key = source.text("key");
    String since = source.text("since");
    String until = source.text("until");
    return new HistoryQuery(
        key == null ? null : EventPattern.of(key, "key"),
        since == null ? null : Moment.of(since, "since"),
        until == null ? null : Moment.of(until, "until"),
        source.text("correlation"),
        after(source.text("after")),
        limit);
  }

  private static long after(@Nullable String text) throws ProblemException {
    if (text == null) {
      return 0;
    }
    if (!text.matches("\\d{1,18}")) {
      throw new ProblemException(
          400,
          "bad-after",
          "after is \"next\" of the page before.",
          List.of(new FieldError("after", "cannot be read")));
    }
    return Long.parseLong(text);
  }

  /** Whether an event is one of them, as far as the database was not asked for that. */
  boolean means(String itsKey, Instant keptAt) {
    return (key == null || key.matches(itsKey))
        && (since == null || !keptAt.isBefore(since))
        && (until == null || keptAt.isBefore(until));
  }
}
