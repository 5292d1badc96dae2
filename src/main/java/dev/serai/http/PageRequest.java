package dev.serai.http;

import dev.serai.http.ProblemException.FieldError;
import java.util.List;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads which page of a list a request wants. Bean {@code page}; thread-safe. */
@Component("page")
public class PageRequest {
  /** How many a page may hold if a request does not say. */
  public static final int USUAL = 100;

  /** How many it may hold at most. */
  public static final int MOST = 1000;

  private static final int LONGEST = 200;

  /**
   * How many a page may hold; 100 unless {@code limit} says otherwise.
   *
   * @throws ProblemException 400 {@code bad-limit} for what cannot be
   */
  public int limit(Exchange exchange) throws ProblemException {
    return limitOf(RequestLine.of(exchange).query("limit"), USUAL);
  }

  /**
   * How many a page may hold.
   *
   * @param limit as a caller says it; null: the usual number
   * @throws ProblemException 400 {@code bad-limit} for what cannot be
   */
  public static int limitOf(@Nullable String limit, int usual) throws ProblemException {
    if (limit == null) {
      return usual;
    }
    if (!limit.matches("\\d{1,4}")
        || Integer.parseInt(limit) < 1
        || Integer.parseInt(limit) > MOST) {
      throw bad("bad-limit", "The limit is a whole number from 1 to 1000.", "limit");
    }
    return Integer.parseInt(limit);
  }

  /**
   * Behind which one a page begins, in a list by names; empty: at the first.
   *
   * @throws ProblemException 400 {@code bad-after} for what cannot be a name
   */
  public String afterName(Exchange exchange) throws ProblemException {
    @Nullable String after = RequestLine.of(exchange).query("after");
    if (after == null) {
      return "";
    }
    if (after.length() > LONGEST || after.chars().anyMatch(Character::isISOControl)) {
      throw bad("bad-after", "after is \"next\" of the page before.", "after");
    }
    return after;
  }

  private static ProblemException bad(String code, String detail, String parameter) {
    return new ProblemException(
        400, code, detail, List.of(new FieldError(parameter, "cannot be read")));
  }
}
