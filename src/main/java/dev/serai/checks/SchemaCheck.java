package dev.serai.checks;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.serialization.JsonNodeReader;
import com.networknt.schema.utils.JsonNodes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;

/** JSON Schema files: that they are JSON, are schemas, and refer to files that are there. */
final class SchemaCheck {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();
  private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";
  private static final SchemaValidatorsConfig CONFIG =
      SchemaValidatorsConfig.builder()
          .pathType(PathType.JSON_POINTER)
          .locale(Locale.ENGLISH)
          .build();
  private static final Pattern ELSEWHERE = Pattern.compile("#.*|[a-z][a-z+.-]*:.*");

  private final Set<String> paths;
  private final List<RouteProblem> problems = new ArrayList<>();

  private SchemaCheck(Set<String> paths) {
    this.paths = paths;
  }

  /**
   * Checks them together.
   *
   * @param files bytes by the path as a person sees it
   */
  static List<RouteProblem> check(SortedMap<String, byte[]> files) {
    SchemaCheck check = new SchemaCheck(files.keySet());
    if (!files.isEmpty()) {
      JsonSchema rules =
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
              .getSchema(SchemaLocation.of(DRAFT), CONFIG);
      files.forEach((path, bytes) -> check.check(path, bytes, rules));
    }
    return check.problems.stream().distinct().toList();
  }

  private void check(String path, byte[] bytes, JsonSchema rules) {
    try {
      if (JSON.readTree(bytes).isMissingNode()) { // stricter than the reader that knows the places
        add(
            "bad-schema",
            path,
            JsonLocation.NA,
            "the file is empty",
            "write a schema, or delete it");
        return;
      }
      JsonNode schema =
          JsonNodeReader.builder()
              .locationAware()
              .build()
              .readTree(new ByteArrayInputStream(bytes), InputFormat.JSON);
      for (ValidationMessage fault : rules.validate(schema)) {
        add("bad-schema", path, fault.getInstanceNode(), message(fault), "write JSON Schema");
      }
      checkReferences(path, schema);
    } catch (JsonProcessingException e) {
      String wrong =
          "the file is no JSON: "
              + e.getOriginalMessage().replaceFirst("(?s)( \\(bound|\\R).*", "");
      add("bad-schema", path, e.getLocation(), wrong, "mend the JSON at this place");
    } catch (IOException e) {
      add(
          "bad-schema",
          path,
          JsonLocation.NA,
          "it cannot be read: " + e.getMessage(),
          "write JSON");
    }
  }

  private static String message(ValidationMessage fault) {
    String pointer = fault.getInstanceLocation().toString();
    return "%s: %s".formatted(pointer.isEmpty() ? "the whole" : pointer, fault.getError());
  }

  private void checkReferences(String path, JsonNode schema) {
    JsonNode reference = schema.path("$ref");
    if (reference.isTextual() && !ELSEWHERE.matcher(reference.asText()).matches()) {
      String file = reference.asText().replaceFirst("#.*", "");
      if (!paths.contains(besides(path, file))) {
        add(
            "unknown-schema",
            path,
            reference,
            "there is no file \"%s\" beside it".formatted(file.replaceAll("\\p{Cntrl}", "?")),
            "name a schema file by its path from here");
      }
    }
    schema.forEach(inner -> checkReferences(path, inner));
  }

  private static String besides(String path, String file) {
    try {
      return Path.of(path).resolveSibling(file).normalize().toString();
    } catch (InvalidPathException e) {
      return ""; // such a file cannot be there
    }
  }

  private void add(String name, String path, JsonNode at, String wrong, String remedy) {
    add(name, path, JsonNodes.tokenLocationOf(at), wrong, remedy);
  }

  private void add(String name, String path, JsonLocation at, String wrong, String remedy) {
    problems.add(
        new RouteProblem(
            name, path, Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()), wrong, remedy));
  }
}
