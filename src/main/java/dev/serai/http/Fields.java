package dev.serai.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;

/** The fields of a form or a query ({@code application/x-www-form-urlencoded}), in their order. */
public final class Fields {
  private static final int MOST = 1000;

  private final Map<String, List<String>> values = new LinkedHashMap<>();

  /**
   * Reads them.
   *
   * @throws ProblemException 400 {@code bad-form} when that is not possible
   */
  public static Fields read(String text) throws ProblemException {
    Fields fields = new Fields();
    String[] parts = text.split("&", MOST + 1);
    if (parts.length > MOST) {
      throw bad("there are over " + MOST + " fields");
    }
    for (String part : parts) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        String name = decoded(equals < 0 ? part : part.substring(0, equals));
        String value = equals < 0 ? "" : decoded(part.substring(equals + 1));
        fields.values.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
      }
    }
    return fields;
  }

  /** Those of the address to which a request was sent. */
  public static Fields ofQuery(Exchange exchange) throws ProblemException {
    return read(exchange.getMessage().getHeader(Exchange.HTTP_RAW_QUERY, "", String.class));
  }

  private static String decoded(String text) throws ProblemException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer decoded = ByteBuffer.allocate(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%') {
        int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
        int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          throw bad("a % is not followed by two hexadecimal digits");
        }
        decoded.put((byte) (high * 16 + low));
        i += 2;
      } else {
        decoded.put(bytes[i] == '+' ? (byte) ' ' : bytes[i]);
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
    } catch (CharacterCodingException e) {
      throw bad("a field is not UTF-8");
    }
  }

  private static ProblemException bad(String wrong) {
    return new ProblemException(
        400, "bad-form", "The form or query cannot be read: " + wrong + ".", List.of());
  }

  /** Each once. */
  public Set<String> names() {
    return values.keySet();
  }

  /** What one has, in its order; empty if it is not there. */
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** What one has first. */
  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /** Whether one is there, be it empty. */
  public boolean has(String name) {
    return values.containsKey(name);
  }
}
