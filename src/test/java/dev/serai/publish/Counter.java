package dev.serai.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.support.SeraiApp;
import dev.serai.support.TestPack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/** A Serai with the real shared routes and pack {@code counter}, over whose counter events go. */
final class Counter implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PATIENCE_MILLIS = 10_000;

  private final String name = "counter-" + UUID.randomUUID();
  private final SeraiApp serai;

  Counter(Path folder, Map<String, String> settings) {
    Path routes = folder.resolve("routes");
    TestPack.install(routes, "counter", text -> text.replace("$counter", name));
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.put("serai.routes", routes.toString());
    this.serai = SeraiApp.start(folder.resolve("data"), all);
  }

  SeraiApp serai() {
    return serai;
  }

  /** The full name of an exchange or queue of the pack. */
  String full(String shortName) {
    return name + "." + shortName;
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + serai.port() + path.replace("$counter", name)));
  }

  /** POSTs below {@code /publish/}, with a content type and other headers in turn. */
  HttpResponse<String> publish(String path, String type, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        to("/publish/" + path).header("Content-Type", type).POST(BodyPublishers.ofString(body));
    return serai.send(headers.length == 0 ? request.build() : request.headers(headers).build());
  }

  /** Takes the next message of a queue, waiting for it. */
  Message take(String queue) {
    return Optional.ofNullable(template().receive(full(queue), PATIENCE_MILLIS)).orElseThrow();
  }

  RabbitTemplate template() {
    return new RabbitTemplate(serai.bean(ConnectionFactory.class));
  }

  void purge() {
    serai.queues().forEach(serai.bean(RabbitAdmin.class)::purgeQueue);
  }

  void assertNothingInAnyQueue() {
    for (String queue : serai.queues()) {
      assertThat(serai.bean(RabbitAdmin.class).getQueueInfo(queue).getMessageCount())
          .as(queue)
          .isZero();
    }
  }

  static JsonNode json(HttpResponse<String> response) throws IOException {
    return JSON.readTree(response.body());
  }

  static JsonNode assertProblem(HttpResponse<String> response, int status, String code)
      throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode problem = json(response);
    assertThat(problem.path("code").asText()).isEqualTo(code);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(response.body()).doesNotContain("\\tat ", "Exception", "org.apache", "dev.serai");
    return problem;
  }

  @Override
  public void close() {
    serai.queues().forEach(serai.bean(RabbitAdmin.class)::deleteQueue);
    serai.close();
  }
}
