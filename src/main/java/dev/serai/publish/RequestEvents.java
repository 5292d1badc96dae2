package dev.serai.publish;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.broker.MessageIds;
import dev.serai.http.JsonText;
import dev.serai.http.ProblemException;
import dev.serai.http.ProblemException.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Message;

/** Finds out what a request holds: one event or several, CloudEvents or not. */
public final class RequestEvents {
  private static final int MOST = 1000;
  private static final int LONGEST_TYPE = 255;
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Pattern JSON_TYPE = Pattern.compile("[^/;]+/(json|[^;]+\\+json)\\s*(;.*)?");

  private RequestEvents() {}

  /**
   * The events of a request, each with the id that its message gets.
   *
   * @param headers names in lower case
   * @param batch whether the path says that there are several
   * @throws ProblemException 400 for what is no event, 415 for a form
   */
  public static List<Event> read(Map<String, String> headers, byte[] body, boolean batch)
      throws ProblemException {
    String type = headers.getOrDefault("content-type", "");
    if (CloudEvents.isStructured(type) && !CloudEvents.isInJson(type)) {
      throw unsupported("CloudEvents are read in JSON: application/cloudevents+json.");
    }
    if (isSeveral(type, batch)) {
      return bounded(CloudEvents.isStructured(type) ? CloudEvents.batch(body) : plainBatch(body));
    }
    if (CloudEvents.isStructured(type)) {
      return List.of(CloudEvents.structured(body));
    }
    boolean cloudEvent = CloudEvents.isBinary(headers);
    String dataType = dataType(type, body, cloudEvent && body.length == 0);
    return List.of(
        cloudEvent
            ? CloudEvents.binary(headers, dataType, body)
            : new Event(MessageIds.next(), dataType, Map.of(), body));
  }

  /** The headers of a request that were sent once, by their names in lower case. */
  public static Map<String, String> headers(Message request) {
    Map<String, String> texts = new LinkedHashMap<>();
    request
        .getHeaders()
        .forEach(
            (name, value) -> {
              if (value instanceof String text) {
                texts.put(name.toLowerCase(Locale.ROOT), text);
              }
            });
    return texts;
  }

  /** Whether the answer is a list: the path or the content type says that there are several. */
  static boolean isSeveral(String contentType, boolean batch) {
    return batch || CloudEvents.isBatch(contentType);
  }

  /** Whether a content type says JSON. */
  public static boolean isJson(String contentType) {
    return JSON_TYPE.matcher(contentType.toLowerCase(Locale.ROOT).strip()).matches();
  }

  /** What the message says its body is; a body that says it is JSON must be. */
  private static String dataType(String type, byte[] body, boolean withoutData)
      throws ProblemException {
    if (type.length() > LONGEST_TYPE) {
      throw unsupported("The content type is longer than 255 bytes.");
    }
    if (type.toLowerCase(Locale.ROOT).startsWith(FORM)) {
      return formType(body);
    }
    if (isJson(type) && !withoutData) {
      JsonText.read(body);
    }
    return type.isEmpty() ? "application/octet-stream" : type;
  }

  /** What curl calls a form when it is not told otherwise is JSON as a rule. */
  private static String formType(byte[] body) throws ProblemException {
    try {
      JsonText.read(body);
      return "application/json";
    } catch (ProblemException e) {
      throw unsupported(
          "A form is no event; send JSON with the header Content-Type: application/json, or what"
              + " you have with its own content type.");
    }
  }

  private static List<Event> plainBatch(byte[] body) throws ProblemException {
    JsonNode array = JsonText.read(body);
    if (!array.isArray()) {
      throw new ProblemException(
          400,
          "not-an-array",
          "A batch is a JSON array of events.",
          List.of(new FieldError("#", "is no array")));
    }
    List<Event> events = new ArrayList<>();
    array.forEach(
        item ->
            events.add(
                new Event(
                    MessageIds.next(),
                    "application/json",
                    Map.of(),
                    item.toString().getBytes(StandardCharsets.UTF_8))));
    return events;
  }

  private static ProblemException unsupported(String detail) {
    return new ProblemException(415, "unsupported-media-type", detail, List.of());
  }

  private static List<Event> bounded(List<Event> events) throws ProblemException {
    if (events.isEmpty() || events.size() > MOST) {
      throw new ProblemException(
          400,
          "batch-size",
          "A batch holds 1 to %d events, this one %d.".formatted(MOST, events.size()),
          List.of());
    }
    return events;
  }
}
