package dev.serai.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Predicate;

/** Asks a running Serai for JSON and turns every refusal into a sentence with a remedy. */
final class JsonClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpCalls calls;
  private final String address;
  private final String option;

  /**
   * A client of one port.
   *
   * @param address scheme, host and port
   * @param option of the command that chooses another port
   * @param login value of the header Authorization; empty for none
   */
  JsonClient(String address, String option, String login) {
    this.calls = new HttpCalls(address, option, login);
    this.address = address;
    this.option = option;
  }

  /** What it answers to a GET. */
  JsonNode get(String path) {
    return json(calls.ask("GET", path, Map.of(), null));
  }

  /** What it answers to a POST of JSON. */
  JsonNode post(String path, JsonNode body) {
    return post(path, Map.of(), body.toString());
  }

  /** What it answers to a POST of JSON with further headers. */
  JsonNode post(String path, Map<String, String> headers, String json) {
    return json(calls.ask("POST", path, headers, json));
  }

  /** What it answers to a DELETE. */
  JsonNode delete(String path) {
    return json(calls.ask("DELETE", path, Map.of(), null));
  }

  /**
   * What it answers to a GET, whatever the status.
   *
   * @param isAnswer whether JSON is what was asked for, though its status may be an error's
   */
  JsonNode get(String path, Predicate<JsonNode> isAnswer) {
    HttpCalls.Answer answer = calls.ask("GET", path, Map.of(), null);
    JsonNode body = object(answer.body());
    return isAnswer.test(body) ? body : json(answer);
  }

  /**
   * Reads the lines of an answer that does not end by itself.
   *
   * @param silence milliseconds without a line after which nobody is there any more
   * @param more called with each line; whether another one is wanted
   */
  void follow(String path, int silence, Predicate<String> more) {
    calls
        .follow(path, silence, more)
        .ifPresent(
            instead -> {
              throw refusal(instead);
            });
  }

  /** A part of a path, or a value of a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private JsonNode json(HttpCalls.Answer answer) {
    if (answer.isError()) {
      throw refusal(answer);
    }
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new NoSeraiException(
          "what answers on %s is no Serai; name the right port with %s".formatted(address, option),
          e);
    }
  }

  /** Of a problem document: its code, its sentence and what is wrong in which field. */
  private CliException refusal(HttpCalls.Answer answer) {
    JsonNode problem = object(answer.body());
    int status = answer.status();
    String code = problem.path("code").asText("");
    if (code.isEmpty()) {
      return new NoSeraiException(
          "%s answered %d; is it a Serai? Name the right port with %s"
              .formatted(address, status, option));
    }
    StringBuilder text = new StringBuilder(code + ": " + problem.path("detail").asText(""));
    for (JsonNode error : problem.path("errors")) {
      text.append(
          "\n  %s %s".formatted(error.path("pointer").asText(), error.path("detail").asText()));
    }
    return status == 401 || status == 403 || status >= 500
        ? new NoSeraiException(text.toString())
        : new CliException(text.toString());
  }

  private static JsonNode object(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }
}
