package dev.serai.bloodbank;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.ConnectionFactory;
import dev.serai.support.SeraiApp;
import dev.serai.support.TestPack;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/** A Serai with the shipped pack bloodbank and pack {@code chain} of the tests. */
final class Bus implements AutoCloseable {
  static final String EXCHANGE = "bloodbank.events.v1";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SeraiApp serai;

  Bus(Path folder, Map<String, String> settings) {
    Path routes = folder.resolve("routes");
    TestPack.install(routes, "chain", text -> text);
    TestPack.installShipped(routes, "bloodbank");
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.put("serai.routes", routes.toString());
    this.serai = SeraiApp.start(folder.resolve("data"), all);
  }

  SeraiApp serai() {
    return serai;
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + serai.port() + path));
  }

  HttpResponse<String> post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        to(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    return serai.send(headers.length == 0 ? request.build() : request.headers(headers).build());
  }

  HttpResponse<String> delete(String path) throws IOException, InterruptedException {
    return serai.send(to(path).DELETE().build());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return serai.send(to(path).build());
  }

  /** Publishes an event and returns its id. */
  String publish(String key, String envelope, String... headers)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = post("/bloodbank/events/" + key, envelope, headers);
    if (answer.statusCode() != 202) {
      throw new IllegalStateException(answer.body());
    }
    return json(answer).path("id").asText();
  }

  static JsonNode json(HttpResponse<String> answer) throws IOException {
    return JSON.readTree(answer.body());
  }

  /** A field of each in a list. */
  static List<String> texts(JsonNode list, String field) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(item -> item.path(field).asText())
        .toList();
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Declares a queue as the seed's own consumer does: durable, bound with a pattern. */
  void bind(String queue, String pattern) {
    RabbitAdmin admin = admin();
    admin.declareQueue(new Queue(queue, true));
    admin.declareBinding(
        new Binding(queue, Binding.DestinationType.QUEUE, EXCHANGE, pattern, null));
  }

  RabbitAdmin admin() {
    return serai.bean(RabbitAdmin.class);
  }

  /** Publishes and takes messages as somebody else does, without anything of ours. */
  RabbitTemplate foreign() {
    CachingConnectionFactory connections =
        new CachingConnectionFactory(serai.bean(ConnectionFactory.class));
    return new RabbitTemplate(connections);
  }

  @Override
  public void close() {
    serai.close();
  }
}
