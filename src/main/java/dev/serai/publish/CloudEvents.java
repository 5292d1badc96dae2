package dev.serai.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.http.ProblemException;
import dev.serai.http.ProblemException.FieldError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.util.StringUtils;

/**
 * Reads CloudEvents 1.0 in the HTTP binding's forms: binary (headers), structured and batched
 * (JSON).
 */
final class CloudEvents {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> REQUIRED = List.of("id", "source", "specversion", "type");
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+");
  private static final String PREFIX = "ce-";

  private CloudEvents() {}

  static boolean isBatch(String contentType) {
    return lower(contentType).startsWith("application/cloudevents-batch");
  }

  static boolean isStructured(String contentType) {
    return lower(contentType).startsWith("application/cloudevents");
  }

  /** Whether there is any {@code ce-} header: then it must be a whole event. */
  static boolean isBinary(Map<String, String> headers) {
    return headers.keySet().stream().anyMatch(name -> lower(name).startsWith(PREFIX));
  }

  /** The binary form: attributes in headers, the body is the data. */
  static Event binary(Map<String, String> headers, String contentType, byte[] body)
      throws ProblemException {
    Map<String, Object> attributes = new LinkedHashMap<>();
    List<FieldError> errors = new ArrayList<>();
    for (Map.Entry<String, String> header : headers.entrySet()) {
      String name = lower(header.getKey());
      if (name.startsWith(PREFIX)) {
        try {
          attributes.put(name.substring(PREFIX.length()), decode(header.getValue()));
        } catch (CharacterCodingException | IllegalArgumentException e) {
          errors.add(new FieldError(name, "is not percent-encoded UTF-8"));
        }
      }
    }
    return event(attributes, contentType, body, PREFIX, errors);
  }

  /** The structured form: one JSON object. */
  static Event structured(byte[] body) throws ProblemException {
    return structured(parse(body), "#");
  }

  /** The batched form: an array of JSON objects. */
  static List<Event> batch(byte[] body) throws ProblemException {
    JsonNode array = parse(body);
    if (!array.isArray()) {
      throw invalid("A batch is a JSON array", List.of(new FieldError("#", "is no array")));
    }
    List<Event> events = new ArrayList<>();
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      try {
        events.add(structured(array.get(i), "#/" + i));
      } catch (ProblemException e) {
        errors.addAll(e.errors());
      }
    }
    if (!errors.isEmpty()) {
      throw invalid("Nothing of the batch was published", errors);
    }
    return events;
  }

  private static Event structured(JsonNode node, String pointer) throws ProblemException {
    if (!node.isObject()) {
      throw invalid("An event is a JSON object", List.of(new FieldError(pointer, "is no object")));
    }
    List<FieldError> errors = new ArrayList<>();
    Map<String, Object> attributes = new LinkedHashMap<>();
    node.fields()
        .forEachRemaining(
            field -> {
              if (!Set.of("data", "data_base64", "datacontenttype").contains(field.getKey())) {
                addAttribute(attributes, field, pointer, errors);
              }
            });
    String type = node.path("datacontenttype").asText("application/json");
    if (node.has("data") && node.has("data_base64")) {
      errors.add(new FieldError(pointer + "/data_base64", "must not stand beside data"));
    }
    return event(attributes, type, data(node, type, pointer, errors), pointer + "/", errors);
  }

  private static void addAttribute(
      Map<String, Object> attributes,
      Map.Entry<String, JsonNode> field,
      String pointer,
      List<FieldError> errors) {
    JsonNode value = field.getValue();
    if (value.isTextual()) {
      attributes.put(field.getKey(), value.textValue());
    } else if (value.isBoolean()) {
      attributes.put(field.getKey(), value.booleanValue());
    } else if (value.isInt()) {
      attributes.put(field.getKey(), value.intValue());
    } else if (!value.isNull()) {
      errors.add(
          new FieldError(
              pointer + "/" + field.getKey(), "must be a string, a boolean or a 32-bit integer"));
    }
  }

  private static byte[] data(JsonNode node, String type, String pointer, List<FieldError> errors) {
    if (node.has("data_base64")) {
      try {
        return node.get("data_base64").binaryValue();
      } catch (java.io.IOException e) {
        errors.add(new FieldError(pointer + "/data_base64", "is no base64"));
        return new byte[0];
      }
    }
    JsonNode data = node.get("data");
    if (data == null) {
      return new byte[0];
    }
    boolean json = lower(type).matches("[^;]*/(json|[^;]*\\+json)\\s*(;.*)?");
    String text = data.isTextual() && !json ? data.textValue() : data.toString();
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Event event(
      Map<String, Object> attributes,
      String contentType,
      byte[] data,
      String place,
      List<FieldError> errors)
      throws ProblemException {
    for (String name : REQUIRED) {
      if (!(attributes.get(name) instanceof String text) || text.isEmpty()) {
        errors.add(new FieldError(place + name, "is required and must be a string with text"));
      }
    }
    if (attributes.get("specversion") instanceof String version && !version.equals("1.0")) {
      errors.add(new FieldError(place + "specversion", "must be 1.0"));
    }
    for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
      if (!NAME.matcher(attribute.getKey()).matches()) {
        errors.add(
            new FieldError(place + attribute.getKey(), "has a name that is not of a-z and 0-9"));
      } else if (attribute.getValue() instanceof String text && hasControl(text)) {
        errors.add(new FieldError(place + attribute.getKey(), "has a control character"));
      }
    }
    if (!errors.isEmpty()) {
      throw invalid("The CloudEvent is not complete", errors);
    }
    return new Event(String.valueOf(attributes.get("id")), contentType, attributes, data);
  }

  /** Undoes quotes, then percent-encoding (HTTP binding 3.1.3.2); throws on what is no UTF-8. */
  private static String decode(String value) throws CharacterCodingException {
    String text = value.strip();
    if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
      text = text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1");
    }
    byte[] bytes =
        StringUtils.uriDecode(text, StandardCharsets.ISO_8859_1)
            .getBytes(StandardCharsets.ISO_8859_1);
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  static JsonNode parse(byte[] body) throws ProblemException {
    try {
      JsonNode node = JSON.readTree(body);
      if (node != null && !node.isMissingNode()) {
        return node;
      }
      throw new ProblemException(400, "not-json", "The body is empty; send JSON", List.of());
    } catch (JsonProcessingException e) {
      throw new ProblemException(
          400,
          "not-json",
          "The body is no JSON: line %d, column %d"
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()),
          List.of());
    } catch (java.io.IOException e) {
      throw new ProblemException(400, "not-json", "The body is no JSON", List.of());
    }
  }

  private static ProblemException invalid(String detail, List<FieldError> errors) {
    return new ProblemException(400, "bad-cloudevent", detail, errors);
  }

  private static boolean hasControl(String text) {
    return text.chars().anyMatch(c -> c < 0x20 || c >= 0x7f && c <= 0x9f);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT).strip();
  }
}
