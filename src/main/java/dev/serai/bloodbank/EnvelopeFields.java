package dev.serai.bloodbank;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the body of a message says of the event that it is, if it is an envelope. Reading it makes
 * nothing of the payload, which may be large.
 *
 * @param texts those of its fields that are texts, by name
 * @param parents ids in {@code parent_event_ids}
 */
record EnvelopeFields(Map<String, String> texts, List<String> parents) {
  private static final JsonFactory JSON = new JsonFactory();

  /** Reads a body, whatever it is. */
  static EnvelopeFields of(byte[] body) {
    EnvelopeFields fields = new EnvelopeFields(new HashMap<>(), new ArrayList<>());
    try (JsonParser json = JSON.createParser(body)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          fields.read(json, json.currentName());
        }
      }
    } catch (IOException e) {
      return new EnvelopeFields(Map.of(), List.of()); // no JSON
    }
    return fields;
  }

  private void read(JsonParser json, String name) throws IOException {
    JsonToken value = json.nextToken();
    if (value == JsonToken.VALUE_STRING && !name.equals("payload")) {
      texts.put(name, json.getText());
    } else if (value == JsonToken.START_ARRAY && name.equals("parent_event_ids")) {
      for (JsonToken id = json.nextToken(); id != JsonToken.END_ARRAY; id = json.nextToken()) {
        if (id == JsonToken.VALUE_STRING) {
          parents.add(json.getText());
        }
        json.skipChildren();
      }
    } else {
      json.skipChildren();
    }
  }

  /** A field that is a text; null for one that is not there, or empty. */
  @Nullable String text(String name) {
    String text = texts.get(name);
    return text == null || text.isEmpty() ? null : text;
  }
}
