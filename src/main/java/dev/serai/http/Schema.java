package dev.serai.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.ValidationMessage;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.springframework.stereotype.Component;

/**
 * Checks what came in over HTTP against the JSON Schema files beside the routes; bean {@code
 * schema}. Thread-safe; each file is compiled once, and again after {@link #use}.
 */
@Component("schema")
public class Schema {
  private final SchemaFiles files;
  private final ConcurrentMap<String, JsonSchema> compiled = new ConcurrentHashMap<>();

  Schema(SchemaFiles files) {
    this.files = files;
  }

  /**
   * Makes the body the JSON value that its bytes are, if the schema allows it.
   *
   * @param exchange its body is bytes; afterwards a {@link JsonNode}
   * @param file the schema, as a path below the folder of the routes
   * @throws ProblemException 400 {@code not-json}, or 400 {@code invalid} with each wrong field
   */
  public void check(Exchange exchange, String file) throws ProblemException {
    Message message = exchange.getMessage();
    byte[] body = message.getBody(byte[].class);
    JsonNode value = JsonText.read(body == null ? new byte[0] : body);
    JsonSchema schema = compiled.computeIfAbsent(file, files::compile);
    if (!schema.validate(value, OutputFormat.BOOLEAN)) {
      throw refusal(schema, value);
    }
    message.setBody(value);
  }

  /**
   * Compiles the files anew when they are needed next: they, or the values in them, have changed.
   *
   * @param bytes of the files in use, by path; others are read from disk
   */
  public void use(Map<String, byte[]> bytes) {
    files.use(bytes);
    compiled.clear();
  }

  private static ProblemException refusal(JsonSchema schema, JsonNode value) {
    Set<ValidationMessage> first =
        schema.validate(value, context -> context.getExecutionConfig().setFailFast(true));
    // A batch that is too long is not searched for what else is wrong.
    boolean asWhole = first.stream().allMatch(fault -> pointer(fault).equals("#"));
    List<ProblemException.FieldError> errors = errors(asWhole ? first : schema.validate(value));
    ProblemException.FieldError one = errors.get(0);
    String more = errors.size() == 1 ? "" : " (and %d more)".formatted(errors.size() - 1);
    return new ProblemException(400, "invalid", one.pointer() + " " + one.detail() + more, errors);
  }

  private static List<ProblemException.FieldError> errors(Collection<ValidationMessage> faults) {
    return faults.stream()
        .map(fault -> new ProblemException.FieldError(pointer(fault), detail(fault)))
        .distinct()
        .toList();
  }

  private static String pointer(ValidationMessage fault) {
    String place = "#" + fault.getInstanceLocation();
    return fault.getProperty() == null ? place : place + "/" + fault.getProperty();
  }

  private static String detail(ValidationMessage fault) {
    return fault.getType().equals("required") ? "is required" : fault.getError();
  }
}
