package dev.serai.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Asks a running Serai and turns every failure into a sentence with a remedy. */
final class JsonClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String address;
  private final String option;
  private final String login;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  /**
   * A client of one port.
   *
   * @param address scheme, host and port
   * @param option of the command that chooses another port
   * @param login {@code user:password}; empty for none
   */
  JsonClient(String address, String option, String login) {
    this.address = address;
    this.option = option;
    this.login = login;
  }

  /** What it answers to a GET. */
  JsonNode get(String path) {
    return send(request(path).GET().build());
  }

  /** What it answers to a POST of JSON. */
  JsonNode post(String path, JsonNode body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build());
  }

  /** What it answers to a DELETE. */
  JsonNode delete(String path) {
    return send(request(path).DELETE().build());
  }

  /** A part of a path, or a value of a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path)).timeout(PATIENCE);
    if (!login.isEmpty()) {
      byte[] bytes = login.getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
    }
    return request;
  }

  private JsonNode send(HttpRequest request) {
    try {
      HttpResponse<String> response =
          http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (response.statusCode() >= 400) {
        throw refusal(response);
      }
      return JSON.readTree(response.body());
    } catch (ConnectException e) {
      throw new NoSeraiException(
          "nothing answers on %s; start Serai with ./serai run, or name its port with %s"
              .formatted(address, option),
          e);
    } catch (JsonProcessingException e) {
      throw new NoSeraiException(
          "what answers on %s is no Serai; name the right port with %s".formatted(address, option),
          e);
    } catch (IOException e) {
      throw new NoSeraiException(address + " did not answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoSeraiException("interrupted", e);
    }
  }

  /** Of a problem document: its code, its sentence and what is wrong in which field. */
  private CliException refusal(HttpResponse<String> response) {
    JsonNode problem = object(response.body());
    int status = response.statusCode();
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
