package dev.serai.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Writes error answers as problem details (RFC 9457); bean {@code problem} of the policy {@code
 * answer-with-problem}.
 */
@Component("problem")
public class Problem {
  static final String CONTENT_TYPE = "application/problem+json";
  private static final ObjectMapper JSON = new ObjectMapper();

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private record Details(
      String type,
      String title,
      int status,
      String code,
      String detail,
      List<ProblemException.FieldError> errors) {}

  /**
   * Makes the caught exception the answer.
   *
   * @param exchange failed with a {@link ProblemException}, or with something else that nobody
   *     named: that is a 500 without any of its text
   */
  public void answer(Exchange exchange) {
    Throwable failure = caught(exchange);
    if (failure instanceof ProblemException problem) {
      write(
          exchange,
          problem.status(),
          problem.code(),
          String.valueOf(problem.getMessage()),
          problem.errors());
    } else {
      write(exchange, 500, "internal", "The request could not be processed.", List.of());
    }
  }

  /** What failed, without what Camel wraps around it: a split names itself and our classes. */
  private static @Nullable Throwable caught(Exchange exchange) {
    Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    while (failure != null
        && failure.getCause() != null
        && failure.getClass().getName().startsWith("org.apache.camel.")) {
      failure = failure.getCause();
    }
    return failure;
  }

  /**
   * Makes the caught exception's message the answer.
   *
   * @param exchange failed with an exception whose message the caller may see
   * @param status HTTP status, from 400 to 599
   * @param code name of the error as in {@code src/docs/errors.md}
   */
  public void answerAs(Exchange exchange, int status, String code) {
    Throwable failure = caught(exchange);
    String detail = failure == null ? "" : String.valueOf(failure.getMessage());
    write(exchange, status, code, detail, List.of());
  }

  /**
   * Makes a problem the answer, without an exception.
   *
   * @param status HTTP status, from 400 to 599
   * @param code name of the error as in {@code src/docs/errors.md}
   * @param detail what is wrong and what to do; the caller sees it
   */
  public void say(Exchange exchange, int status, String code, String detail) {
    write(exchange, status, code, detail, List.of());
  }

  /**
   * Ends a route with a problem.
   *
   * @param status HTTP status, from 400 to 599
   * @param code name of the error as in {@code src/docs/errors.md}
   * @param detail what is wrong and what to do; the caller sees it
   * @throws ProblemException always
   */
  public void refuse(int status, String code, String detail) throws ProblemException {
    throw new ProblemException(status, code, detail, List.of());
  }

  private static void write(
      Exchange exchange,
      int status,
      String code,
      String detail,
      List<ProblemException.FieldError> errors) {
    Message message = exchange.getMessage();
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    message.setHeader(Exchange.CONTENT_TYPE, CONTENT_TYPE);
    message.setBody(json(status, code, detail, errors));
  }

  /** Answers a request that no route took. */
  static void write(RoutingContext request, int status, String code, String detail) {
    // An unread body would hold up the next request on this connection.
    if (!request.request().isEnded()) {
      request.request().handler(rest -> {}).resume();
    }
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", CONTENT_TYPE)
        .end(Buffer.buffer(json(status, code, detail, List.of())));
  }

  static byte[] json(
      int status, String code, String detail, List<ProblemException.FieldError> errors) {
    HttpStatus known = HttpStatus.resolve(status);
    String title = known == null ? "Error" : known.getReasonPhrase();
    try {
      return JSON.writeValueAsBytes(
          new Details("about:blank", title, status, code, detail, errors));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Problem details hold only strings and numbers", e);
    }
  }
}
