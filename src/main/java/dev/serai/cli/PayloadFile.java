package dev.serai.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** JSON that a person names as a file. */
final class PayloadFile {
  private static final ObjectMapper STRICT =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private PayloadFile() {}

  /**
   * The JSON as it is written.
   *
   * @param name of a file; {@code -} is the standard input
   * @throws CliException if it cannot be read or is no JSON
   */
  static String read(String name) {
    String what = name.equals("-") ? "the standard input" : name;
    try {
      byte[] bytes =
          name.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(name));
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().strip();
      JsonNode json = STRICT.readTree(text);
      if (json == null || json.isMissingNode()) {
        throw new CliException(what + " is empty; write JSON into it");
      }
      return text;
    } catch (NoSuchFileException | InvalidPathException e) {
      throw new CliException(what + " does not exist; name a file, or - for the standard input", e);
    } catch (JsonProcessingException e) {
      throw new CliException(
          "%s is no JSON: line %d, column %d: %s"
              .formatted(
                  what,
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr(),
                  e.getOriginalMessage()),
          e);
    } catch (CharacterCodingException e) {
      throw new CliException(what + " is not UTF-8", e);
    } catch (IOException e) {
      throw new CliException(what + " cannot be read: " + e.getMessage(), e);
    }
  }
}
