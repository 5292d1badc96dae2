package dev.serai.tasks;

import dev.serai.http.PageRequest;
import dev.serai.http.ProblemException;
import dev.serai.http.ProblemException.FieldError;
import dev.serai.http.RequestLine;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Reads what callers say about tasks; bean {@code taskRequest}. Thread-safe.
 *
 * <p>Takes the path and the query from the request line alone: a header of the same name changes
 * nothing.
 */
@Component("taskRequest")
public class TaskRequest {
  private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");
  private static final int LONGEST_TENANT = 200;
  private static final int LONGEST_KEY = 255;
  private static final int LONGEST_VIRTUAL_KEY = 200;
  private static final List<String> STATES =
      List.of("queued", "running", "succeeded", "failed", "cancelled", "expired");

  private final List<String> types;
  private final Clock clock = Clock.systemUTC();

  TaskRequest(@Value("${helixagent.tasks.types:}") List<String> types) {
    this.types = List.copyOf(types);
  }

  /**
   * What {@code POST /tasks/{type}} asks for, but for the body.
   *
   * @param priority that a task has when the caller names none
   * @throws ProblemException 404 for an unknown type, 400 for what cannot be
   */
  public NewTask read(Exchange exchange, int priority) throws ProblemException {
    return read(exchange, segment(exchange, 1), priority);
  }

  /**
   * The same, when not the path says the type.
   *
   * @throws ProblemException 404 for an unknown type, 400 for what cannot be
   */
  public NewTask read(Exchange exchange, String type, int priority) throws ProblemException {
    Message message = exchange.getMessage();
    RequestLine address = RequestLine.of(exchange);
    if (!types.contains(type)) {
      throw new ProblemException(
          404,
          "unknown-task-type",
          "There are no tasks of type \"%s\"; there are: %s"
              .formatted(type, String.join(", ", types)),
          List.of());
    }
    String deadline = address.query("deadline");
    String callback = address.query("callback_url");
    return new NewTask(
        type,
        priority(address.query("priority"), priority),
        Optional.ofNullable(header(message, "tenant", LONGEST_TENANT)).orElse(""),
        callback == null ? null : CallbackUrl.checked(callback),
        deadline == null ? null : Deadline.read(deadline, clock.instant()),
        deadline,
        header(message, "Idempotency-Key", LONGEST_KEY),
        header(message, "virtual-key", LONGEST_VIRTUAL_KEY));
  }

  /**
   * The task that a path names.
   *
   * @throws ProblemException 404 if that is no id
   */
  public String id(Exchange exchange) throws ProblemException {
    String id = segment(exchange, 1);
    if (!ID.matcher(id).matches()) {
      throw TaskAnswers.unknown(id);
    }
    return id;
  }

  /**
   * Which tasks a {@code GET /tasks} wants.
   *
   * @throws ProblemException 400 for what cannot be
   */
  public TaskQuery query(Exchange exchange) throws ProblemException {
    RequestLine address = RequestLine.of(exchange);
    String state = address.query("state");
    if (state != null && !STATES.contains(state)) {
      throw bad(400, "bad-state", "A task is " + String.join(", ", STATES) + ".", "state", state);
    }
    int limit = PageRequest.limitOf(address.query("limit"), PageRequest.USUAL);
    String type = address.query("type");
    if (type != null && !types.contains(type)) {
      throw bad(400, "bad-type", "A type is " + String.join(", ", types) + ".", "type", type);
    }
    String after = address.query("after");
    if (after != null && !ID.matcher(after).matches()) {
      throw bad(400, "bad-after", "after is \"next\" of the page before.", "after", after);
    }
    return new TaskQuery(state, type, limit, after);
  }

  private static int priority(@Nullable String text, int standard) throws ProblemException {
    if (text == null) {
      return standard;
    }
    if (!text.matches("10|\\d")) {
      throw bad(
          400, "bad-priority", "The priority is a whole number from 0 to 10.", "priority", text);
    }
    return Integer.parseInt(text);
  }

  /**
   * A part of the path.
   *
   * @param index from 0
   * @return empty when the path is shorter
   */
  public String segment(Exchange exchange, int index) throws ProblemException {
    return RequestLine.of(exchange).segment(index);
  }

  /** Printable ASCII, sent once. */
  private static @Nullable String header(Message message, String name, int longest)
      throws ProblemException {
    Object value = message.getHeader(name);
    if (value == null) {
      return null;
    }
    if (value instanceof String text && text.matches("[ -~]{1," + longest + "}")) {
      return text;
    }
    throw bad(
        400,
        "bad-header",
        "The header %s is 1 to %d printable characters of ASCII, sent once."
            .formatted(name, longest),
        name,
        String.valueOf(value));
  }

  static ProblemException bad(int status, String code, String detail, String where, String value) {
    String shown = value.length() <= 100 ? value : value.substring(0, 100) + "…";
    return new ProblemException(
        status, code, detail, List.of(new FieldError(where, "is \"" + shown + "\"")));
  }
}
