package dev.serai.publish;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.http.JsonText;
import dev.serai.http.ProblemException;
import dev.serai.http.ProblemException.FieldError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.util.StringUtils;

/**
 * Reads CloudEvents 1.0 in the HTTP binding's forms: binary (headers), structured and batched
 * (JSON).
 */
final class CloudEvents {
  private static final Set<String> DATA = Set.of("data", "data_base64", "datacontenttype");
  private static final String PREFIX = "ce-";

  private CloudEvents() {}

  static boolean isBatch(String contentType) {
    return lower(contentType).startsWith("application/cloudevents-batch");
  }

  static boolean isStructured(String contentType) {
    return lower(contentType).startsWith("application/cloudevents");
  }

  /** Whether a structured or batched event is in the one format that is read here. */
  static boolean isInJson(String contentType) {
    return lower(contentType).matches("application/cloudevents(-batch)?(\\+json)?\\s*(;.*)?");
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
      if (name.startsWith(PREFIX) && DATA.contains(name.substring(PREFIX.length()))) {
        errors.add(new FieldError(name, "is not sent as a header: use Content-Type and the body"));
      } else if (name.startsWith(PREFIX)) {
        try {
          attributes.put(name.substring(PREFIX.length()), decode(header.getValue()));
        } catch (CharacterCodingException | IllegalArgumentException e) {
          errors.add(new FieldError(name, "is not percent-encoded UTF-8"));
        }
      }
    }
    return EventAttributes.event(attributes, contentType, body, PREFIX, errors);
  }

  /** The structured form: one JSON object. */
  static Event structured(byte[] body) throws ProblemException {
    return structured(JsonText.read(body), "#");
  }

  /** The batched form: an array of JSON objects. */
  static List<Event> batch(byte[] body) throws ProblemException {
    JsonNode array = JsonText.read(body);
    if (!array.isArray()) {
      throw EventAttributes.refused(
          "A batch is a JSON array", List.of(new FieldError("#", "is no array")));
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
      throw EventAttributes.refused("Nothing of the batch was published", errors);
    }
    return events;
  }

  private static Event structured(JsonNode node, String pointer) throws ProblemException {
    if (!node.isObject()) {
      throw EventAttributes.refused(
          "An event is a JSON object", List.of(new FieldError(pointer, "is no object")));
    }
    List<FieldError> errors = new ArrayList<>();
    Map<String, Object> attributes = new LinkedHashMap<>();
    node.fields()
        .forEachRemaining(
            field -> {
              if (!DATA.contains(field.getKey())) {
                addAttribute(attributes, field, pointer, errors);
              }
            });
    String type = dataType(node, pointer, errors);
    if (node.has("data") && node.has("data_base64")) {
      errors.add(new FieldError(pointer + "/data_base64", "must not stand beside data"));
    }
    return EventAttributes.event(
        attributes, type, data(node, type, pointer, errors), pointer + "/", errors);
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
              pointer + "/" + EventAttributes.escaped(field.getKey()),
              "must be a string, a boolean or a 32-bit integer"));
    }
  }

  private static String dataType(JsonNode node, String pointer, List<FieldError> errors) {
    JsonNode type = node.path("datacontenttype");
    if (type.isMissingNode() || type.isNull()) {
      return "application/json";
    }
    if (!type.isTextual() || type.textValue().isBlank() || type.textValue().length() > 255) {
      errors.add(new FieldError(pointer + "/datacontenttype", "must be a media type"));
    }
    return type.asText();
  }

  private static byte[] data(JsonNode node, String type, String pointer, List<FieldError> errors) {
    if (node.has("data_base64")) {
      return decoded(node.get("data_base64"), pointer, errors);
    }
    JsonNode data = node.get("data");
    if (data == null) {
      return new byte[0];
    }
    String text =
        data.isTextual() && !RequestEvents.isJson(type) ? data.textValue() : data.toString();
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] decoded(JsonNode data, String pointer, List<FieldError> errors) {
    try {
      if (data.isTextual()) {
        return Base64.getDecoder().decode(data.textValue());
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    errors.add(new FieldError(pointer + "/data_base64", "is no base64"));
    return new byte[0];
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

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT).strip();
  }
}
