package dev.serai.publish;

import dev.serai.http.ProblemException;
import dev.serai.http.ProblemException.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the attributes of a CloudEvent, and that an AMQP message can carry them. */
final class EventAttributes {
  private static final List<String> REQUIRED = List.of("id", "source", "specversion", "type");
  private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,100}");
  private static final int LONGEST_ID = 255;
  // A message's headers must fit into one frame, which a broker may limit to 64 KiB.
  private static final int MOST_BYTES = 32 * 1024;
  private static final int OVERHEAD = "cloudEvents_".length() + 6; // lengths and type

  private EventAttributes() {}

  /**
   * The event, if its attributes are right.
   *
   * @param place where an attribute stands, without its name: {@code ce-} or {@code #/2/}
   * @param errors found so far; gets those of the attributes
   * @throws ProblemException 400 {@code bad-cloudevent} if there is any error
   */
  static Event event(
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
    if (bytes(attributes.get("id")) > LONGEST_ID) {
      errors.add(new FieldError(place + "id", "is longer than 255 bytes"));
    }
    attributes.forEach((name, value) -> check(place + escaped(name), name, value, errors));
    if (size(attributes) > MOST_BYTES) {
      errors.add(new FieldError(place.replaceFirst("[/-]$", ""), "has over 32 KiB of attributes"));
    }
    if (!errors.isEmpty()) {
      throw refused("The CloudEvent is not complete, or has attributes that cannot be.", errors);
    }
    return new Event(String.valueOf(attributes.get("id")), contentType, attributes, data);
  }

  private static void check(String place, String name, Object value, List<FieldError> errors) {
    if (!NAME.matcher(name).matches()) {
      errors.add(new FieldError(place, "has a name that is not of a-z and 0-9, 100 at most"));
    } else if (value instanceof String text && hasControl(text)) {
      errors.add(new FieldError(place, "has a control character"));
    }
  }

  private static int size(Map<String, Object> attributes) {
    return attributes.entrySet().stream()
        .mapToInt(attribute -> OVERHEAD + bytes(attribute.getKey()) + bytes(attribute.getValue()))
        .sum();
  }

  static ProblemException refused(String detail, List<FieldError> errors) {
    return new ProblemException(400, "bad-cloudevent", detail, errors);
  }

  /** A name as a part of a JSON pointer. */
  static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private static int bytes(@Nullable Object value) {
    return value instanceof String text ? text.getBytes(StandardCharsets.UTF_8).length : 0;
  }

  private static boolean hasControl(String text) {
    return text.chars().anyMatch(c -> c < 0x20 || c >= 0x7f && c <= 0x9f);
  }
}
