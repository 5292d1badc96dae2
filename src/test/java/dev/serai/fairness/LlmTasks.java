package dev.serai.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.support.Sidecar;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Hands in LLM tasks over HTTP, as tenants do. */
final class LlmTasks {
  private static final int CALLERS = 8;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Sidecar serai;

  LlmTasks(Sidecar serai) {
    this.serai = serai;
  }

  /** As many tasks as are wanted, by several callers; returns when all of them are accepted. */
  List<String> submit(String tenant, int number) throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try {
      List<Future<String>> accepted = new ArrayList<>();
      for (int i = 0; i < number; i++) {
        accepted.add(callers.submit(() -> submit(tenant, "", tenant)));
      }
      List<String> ids = new ArrayList<>();
      for (Future<String> one : accepted) {
        ids.add(one.get());
      }
      return ids;
    } finally {
      callers.shutdownNow();
    }
  }

  /** One task; returns its id. */
  String submit(String tenant, String query, String content) throws Exception {
    HttpResponse<String> response = post(tenant, query, content, "");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    return JSON.readTree(response.body()).path("id").asText();
  }

  /** One task; empty means: without that header. */
  HttpResponse<String> post(String tenant, String query, String content, String key)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%d/tasks/llm%s".formatted(serai.port(), query)))
            .header("Content-Type", "application/json");
    if (!tenant.isEmpty()) {
      request.header("tenant", tenant);
    }
    if (!key.isEmpty()) {
      request.header("Idempotency-Key", key);
    }
    return serai.send(
        request
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}".formatted(content)))
            .build());
  }
}
