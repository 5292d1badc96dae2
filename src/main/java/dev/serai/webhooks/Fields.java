package dev.serai.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.egress.Egress;
import dev.serai.egress.EgressRequest;
import dev.serai.egress.RefusedTargetException;
import dev.serai.files.TimeText;
import dev.serai.http.ProblemException;
import dev.serai.http.ProblemException.FieldError;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a request about an endpoint, whose schema has been checked, and gathers what
 * is wrong with them. For one request.
 */
final class Fields {
  private static final URI NOWHERE = URI.create("http://nowhere.invalid");
  private static final Duration LONGEST_WAIT = Duration.ofDays(30);

  private final JsonNode body;
  private final List<FieldError> errors = new ArrayList<>();

  Fields(JsonNode body) {
    this.body = body;
  }

  /** What a field says; the present value where there is none. */
  <T> T get(String name, Function<JsonNode, T> read, T present) {
    return body.has(name) ? read.apply(body.get(name)) : present;
  }

  URI url(URI present, Egress egress) {
    return get("url", text -> url(text.asText(), egress), present);
  }

  /** The one that a new endpoint has to have. */
  URI url(Egress egress) {
    return url(NOWHERE, egress);
  }

  private URI url(String text, Egress egress) {
    try {
      URI url = new URI(text);
      egress.check(url);
      return url;
    } catch (URISyntaxException e) {
      wrong("url", "is no address: " + e.getReason());
    } catch (RefusedTargetException e) {
      wrong("url", "is refused: " + e.getMessage());
    }
    return NOWHERE;
  }

  List<String> types(List<String> present) {
    return get("types", Fields::texts, present);
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** Headers; those of the other field must not be among them. */
  Map<String, String> headers(String name, Map<String, String> present) {
    return get(name, node -> headers(name, node), present);
  }

  private Map<String, String> headers(String name, JsonNode node) {
    Map<String, String> headers = new LinkedHashMap<>();
    node.fields()
        .forEachRemaining(
            header -> {
              String lower = header.getKey().toLowerCase(Locale.ROOT);
              if (isOurs(lower)) {
                wrong(name + "/" + header.getKey(), "is made by Serai; leave it out");
              } else if (headers.put(lower, header.getValue().asText()) != null) {
                wrong(name + "/" + header.getKey(), "is there twice");
              }
            });
    return headers;
  }

  private static boolean isOurs(String header) {
    return EgressRequest.makes(header)
        || header.equals("content-type")
        || header.startsWith("webhook-")
        || header.startsWith("ce-");
  }

  @Nullable List<Duration> schedule(@Nullable List<Duration> present) {
    JsonNode list = body.get("schedule");
    if (list == null || list.isNull()) {
      return list == null ? present : null;
    }
    List<Duration> waits = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      Duration wait = TimeText.read(list.get(i).asText()).orElse(LONGEST_WAIT.plusMillis(1));
      if (wait.compareTo(LONGEST_WAIT) > 0) {
        wrong("schedule/" + i, "must be a time up to 30d, such as 5s, 5m or 20h");
      }
      waits.add(wait);
    }
    return waits;
  }

  @Nullable Integer rateLimit(@Nullable Integer present) {
    JsonNode limit = body.get("rate_limit");
    if (limit == null) {
      return present;
    }
    return limit.isNull() ? null : Integer.valueOf(limit.intValue());
  }

  /** The caller's own secret, else a new one. */
  Secret secret() {
    if (body.hasNonNull("secret")) {
      try {
        return Secret.parse(body.get("secret").asText());
      } catch (IllegalArgumentException e) {
        wrong("secret", "is none: " + e.getMessage());
      }
    }
    return Secret.generate();
  }

  Duration overlap(Duration usual) {
    return get(
        "overlap",
        text ->
            TimeText.read(text.asText())
                .filter(time -> time.compareTo(LONGEST_WAIT) <= 0)
                .orElseGet(
                    () -> {
                      wrong("overlap", "must be a time up to 30d, such as 0s or 24h");
                      return Duration.ZERO;
                    }),
        usual);
  }

  void wrong(String field, String detail) {
    errors.add(new FieldError("#/" + field, detail));
  }

  /**
   * Ends the reading.
   *
   * @throws ProblemException 400 with each wrong field
   */
  void check() throws ProblemException {
    if (!errors.isEmpty()) {
      FieldError one = errors.get(0);
      throw new ProblemException(
          400, "bad-webhook", one.pointer() + " " + one.detail(), List.copyOf(errors));
    }
  }
}
