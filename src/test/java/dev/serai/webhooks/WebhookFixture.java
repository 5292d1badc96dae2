package dev.serai.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.support.Sidecar;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What tests ask of a Serai with webhooks. */
final class WebhookFixture {
  static final ObjectMapper JSON = new ObjectMapper();
  private final Sidecar serai;

  WebhookFixture(Sidecar serai) {
    this.serai = serai;
  }

  /** Quick settings, and the receivers of the tests allowed. */
  static Map<String, String> settings(Map<String, String> broker) {
    Map<String, String> all = new LinkedHashMap<>(broker);
    all.put("serai.packs", "helixagent");
    all.put("serai.webhooks.egress-allow", "127.0.0.0/8");
    all.put("serai.webhooks.jitter", "0");
    all.put("serai.webhooks.timeout", "3s");
    all.put("serai.webhooks.lease", "6s");
    all.put("serai.webhooks.schedule", "0s, 100ms, 1h");
    all.put("serai.webhooks.disable-after", "2s");
    all.put("serai.webhooks.probe.look", "1s");
    all.put("serai.webhooks.probe.pause", "500ms");
    all.put("serai.webhooks.breaker.calls", "100");
    all.put("serai.webhooks.breaker.pause", "200ms");
    return all;
  }

  /** Adds one; its answer. */
  JsonNode add(String json) throws Exception {
    HttpResponse<String> answer = serai.post("/webhooks", json);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return JSON.readTree(answer.body());
  }

  /** Adds one for all types; its id. */
  String addFor(String url) throws Exception {
    return add("{\"url\":\"%s\"}".formatted(url)).path("id").asText();
  }

  JsonNode get(String path) throws Exception {
    HttpResponse<String> answer = serai.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  JsonNode post(String path, String json, int status) throws Exception {
    HttpResponse<String> answer = serai.post(path, json);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return JSON.readTree(answer.body());
  }

  HttpResponse<String> send(String method, String path, String json) throws Exception {
    return serai.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + serai.port() + path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  /** Publishes a notification; its id. */
  String notify(String json) throws Exception {
    return post("/publish/helixagent.notifications/any", json, 202).path("id").asText();
  }

  /** The messages of all attempts that have failed. */
  List<String> failed(String webhook) throws Exception {
    List<String> ids = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = get("/webhooks/" + webhook + "/attempts?limit=100" + after);
      for (JsonNode attempt : page.path("items")) {
        if (attempt.has("error")) {
          ids.add(attempt.path("message_id").asText());
        }
      }
      after = page.has("next") ? "&after=" + page.path("next").asText() : "";
    } while (!after.isEmpty());
    return ids;
  }

  /** Publishes notifications, a hundred at once; their ids. */
  List<String> notifyAll(int count) throws Exception {
    List<String> ids = new ArrayList<>();
    for (int from = 0; from < count; from += 100) {
      String batch =
          IntStream.range(from, Math.min(count, from + 100))
              .mapToObj(n -> "{\"n\":" + n + "}")
              .collect(Collectors.joining(",", "[", "]"));
      post("/publish/helixagent.notifications/any/batch", batch, 202)
          .path("ids")
          .forEach(id -> ids.add(id.asText()));
    }
    return ids;
  }
}
