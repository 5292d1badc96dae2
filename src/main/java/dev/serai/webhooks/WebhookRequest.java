package dev.serai.webhooks;

import dev.serai.http.PageRequest;
import dev.serai.http.ProblemException;
import dev.serai.http.ProblemException.FieldError;
import dev.serai.http.RequestLine;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the addresses of requests about endpoints. Bean {@code webhookRequest}; thread-safe. */
@Component("webhookRequest")
public class WebhookRequest {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final PageRequest page = new PageRequest();

  /** Whether a text can be the id of an endpoint or an attempt. */
  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /**
   * The endpoint that a path names.
   *
   * @throws ProblemException 404 if that is no id
   */
  public String id(Exchange exchange) throws ProblemException {
    String id = RequestLine.of(exchange).segment(1);
    if (!isId(id)) {
      throw Webhooks.unknown(id);
    }
    return id;
  }

  /**
   * The attempt that a path names.
   *
   * @throws ProblemException 404 if that is no id
   */
  public String attempt(Exchange exchange) throws ProblemException {
    String attempt = RequestLine.of(exchange).segment(3);
    if (!isId(attempt)) {
      throw Attempts.unknown(attempt);
    }
    return attempt;
  }

  /**
   * How many a page may hold.
   *
   * @throws ProblemException 400 for what cannot be
   */
  public int limit(Exchange exchange) throws ProblemException {
    return page.limit(exchange);
  }

  /**
   * Behind which one a page begins; null: at the first.
   *
   * @throws ProblemException 400 for what cannot be
   */
  public @Nullable String after(Exchange exchange) throws ProblemException {
    String after = RequestLine.of(exchange).query("after");
    if (after != null && !isId(after)) {
      throw bad(400, "bad-after", "after is \"next\" of the page before.", "after");
    }
    return after;
  }

  private static ProblemException bad(int status, String code, String detail, String parameter) {
    return new ProblemException(
        status, code, detail, List.of(new FieldError(parameter, "cannot be read")));
  }
}
