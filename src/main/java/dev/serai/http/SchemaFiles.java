package dev.serai.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Format;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.ValidationContext;
import com.networknt.schema.resource.InputStreamSource;
import com.networknt.schema.resource.SchemaLoader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Reads JSON Schema files (draft 2020-12) from the folder of the routes.
 *
 * <p>{@code "enum": ["{{pack.key}}"]} stands for the values of a key in {@code config/}, separated
 * by commas; an empty key allows everything. {@code "format": "int64"} is a number written without
 * fraction or exponent that fits in 64 bits.
 */
@Component
class SchemaFiles {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([\\w.-]+)}}");
  private static final SchemaValidatorsConfig CONFIG =
      SchemaValidatorsConfig.builder()
          .pathType(PathType.JSON_POINTER)
          .formatAssertionsEnabled(true)
          .locale(Locale.ENGLISH)
          .build();

  private final Path routes;
  private final Binder values;
  private final ObjectMapper json = new ObjectMapper();
  private final JsonSchemaFactory schemas;
  private volatile Map<Path, byte[]> inUse = Map.of();

  SchemaFiles(@Value("${serai.routes}") Path routes, Environment environment) {
    this.routes = routes;
    this.values = Binder.get(environment);
    JsonMetaSchema dialect =
        JsonMetaSchema.builder(JsonMetaSchema.getV202012()).format(new Int64()).build();
    this.schemas =
        JsonSchemaFactory.builder()
            .defaultMetaSchemaIri(dialect.getIri())
            .metaSchema(dialect)
            .schemaLoaders(loaders -> loaders.add(new FromRoutes()))
            .enableSchemaCache(false) // it would keep what has changed
            .build();
  }

  /**
   * Compiles one file and those it refers to.
   *
   * @param file path below the folder of the routes
   * @throws com.networknt.schema.JsonSchemaException if a file cannot be read
   */
  JsonSchema compile(String file) {
    return schemas.getSchema(SchemaLocation.of(routes.resolve(file).toUri().toString()), CONFIG);
  }

  /** What is on disk may be half-written, or refused: these bytes stand for it. */
  void use(Map<String, byte[]> bytes) {
    Map<Path, byte[]> files = new HashMap<>();
    bytes.forEach(
        (path, content) -> files.put(Path.of(path).toAbsolutePath().normalize(), content));
    inUse = files;
  }

  private InputStream read(Path file) throws IOException {
    byte[] bytes = inUse.get(file.toAbsolutePath().normalize());
    JsonNode schema = json.readTree(bytes == null ? Files.readAllBytes(file) : bytes);
    fillIn(schema);
    return new ByteArrayInputStream(json.writeValueAsBytes(schema));
  }

  private void fillIn(JsonNode schema) {
    if (schema instanceof ObjectNode object && object.get("enum") instanceof ArrayNode list) {
      key(list).ifPresent(key -> fillIn(object, key));
    }
    schema.forEach(this::fillIn);
  }

  private void fillIn(ObjectNode schema, String key) {
    List<String> allowed = values.bind(key, Bindable.listOf(String.class)).orElse(List.of());
    schema.remove("enum");
    if (!allowed.isEmpty()) {
      ArrayNode list = schema.putArray("enum");
      allowed.forEach(list::add);
    }
  }

  private static Optional<String> key(ArrayNode list) {
    Matcher placeholder = PLACEHOLDER.matcher(list.size() == 1 ? list.get(0).asText() : "");
    return placeholder.matches() ? Optional.of(placeholder.group(1)) : Optional.empty();
  }

  private final class FromRoutes implements SchemaLoader {
    @Override
    public @Nullable InputStreamSource getSchema(AbsoluteIri iri) {
      String address = iri.toString();
      return address.startsWith("file:") ? () -> read(Path.of(URI.create(address))) : null;
    }
  }

  private static final class Int64 implements Format {
    @Override
    public String getName() {
      return "int64";
    }

    @Override
    public boolean matches(ExecutionContext run, ValidationContext context, JsonNode value) {
      return !value.isNumber() || (value.isIntegralNumber() && value.canConvertToLong());
    }

    @Override
    public String getErrorMessageDescription() {
      return "must be an integer of at most 64 bits, without fraction or exponent";
    }
  }
}
