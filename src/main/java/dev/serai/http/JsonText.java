package dev.serai.http;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads JSON that came from outside: strictly as RFC 8259 says, in UTF-8, and not too deep. */
public final class JsonText {
  private static final int DEEPEST = 100;

  // Fractions keep every digit, because the event is passed on.
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              new JsonFactoryBuilder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS)
          .build();

  private JsonText() {}

  /**
   * The JSON value that the bytes are.
   *
   * @throws ProblemException 400 {@code not-json}, with line and column where there is one
   */
  public static JsonNode read(byte[] bytes) throws ProblemException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.isBlank()) {
        throw notJson("The body is empty; send JSON.");
      }
      return MAPPER.readTree(text);
    } catch (CharacterCodingException e) {
      throw notJson("The body is not UTF-8.");
    } catch (StreamConstraintsException e) {
      throw notJson(
          "The body is nested deeper than %d levels, or holds a number that is too long."
              .formatted(DEEPEST));
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw notJson(
          at == null
              ? e.getOriginalMessage()
              : "line %d, column %d: %s"
                  .formatted(at.getLineNr(), at.getColumnNr(), e.getOriginalMessage()));
    }
  }

  private static ProblemException notJson(String detail) {
    return new ProblemException(400, "not-json", detail, List.of());
  }
}
