package dev.serai.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.support.SeraiApp;
import dev.serai.support.TestPack;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

/** What {@code GET /metrics} tells after events were taken, retried, parked and dropped. */
@Timeout(90)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MetricsContract {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Pattern FAMILY = Pattern.compile("(?m)^# TYPE (serai_\\w+) ");

  private static final Pattern SAMPLE = Pattern.compile("(?m)^(serai_\\w+)\\{(.*)} ");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

  private final String name = "watched-" + UUID.randomUUID();
  private SeraiApp serai;

  /** Settings that choose the broker. */
  abstract Map<String, String> broker();

  @BeforeAll
  void send_events_of_each_kind(@TempDir Path folder) throws Exception {
    TestPack.install(folder.resolve("routes"), "watched", text -> text.replace("$watched", name));
    Map<String, String> settings = new LinkedHashMap<>(broker());
    settings.put("serai.routes", folder.resolve("routes").toString());
    settings.put("serai.broker.embedded.housekeeping", "50ms");
    settings.put("serai.webhooks.egress-allow", "127.0.0.0/8");
    serai = SeraiApp.start(folder.resolve("data"), settings);
    post("/webhooks", "application/json", "{\"url\":\"%s\"}".formatted(url("/metrics")), 201);
    publish("work", "good", 202);
    publish("work", "bad", 202);
    publish("drop", "bad", 202);
    publish("homeless", "bad", 202);
    publish("batch/batch", "[1,2,3]", 202);
    publish("nobody", "lost", 202);
  }

  private void publish(String path, String body, int status) throws Exception {
    String type = body.startsWith("[") ? "application/json" : "text/plain";
    post("/publish/%s.in/%s".formatted(name, path), type, body, status);
  }

  private void post(String path, String type, String body, int status) throws Exception {
    HttpResponse<String> response =
        serai.send(
            HttpRequest.newBuilder(URI.create(url(path)))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
  }

  private String url(String path) {
    return "http://127.0.0.1:%d%s".formatted(serai.port(), path);
  }

  @AfterAll
  void stop() {
    List.of("work", "work.wait.100ms", "batch", "drop", "drop.wait.100ms", "homeless", "dead")
        .forEach(queue -> serai.bean(RabbitAdmin.class).deleteQueue(name + "." + queue));
    serai.close();
  }

  @Test
  void is_prometheus_text_on_the_data_port() throws Exception {
    HttpResponse<String> response = serai.get("/metrics");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(response.body()).contains("# TYPE serai_connection_up gauge");
  }

  @Test
  void counts_what_was_published_by_exchange_and_outcome() {
    String exchange = "exchange=\"" + name + ".in\"";

    eventually("serai_messages_published_total", 7, exchange, "outcome=\"confirmed\"");
    eventually("serai_messages_published_total", 1, exchange, "outcome=\"dropped\"");
    eventually("serai_publish_confirm_seconds_count", 7, exchange);
    atLeastOne("serai_publish_confirm_seconds_bucket", exchange, "le=");
  }

  @Test
  void counts_what_was_consumed_acked_and_came_back_by_queue_and_route() {
    String work = of("work");

    eventually("serai_messages_consumed_total", 3, work); // good, bad, bad after its wait
    eventually("serai_messages_acked_total", 3, work);
    eventually("serai_messages_acked_total", 3, of("batch"));
    atLeastOne("serai_messages_requeued_total", of("homeless"));
    eventually("serai_message_processing_seconds_count", 3, work);
    atLeastOne("serai_message_processing_seconds_bucket", work, "le=");
  }

  @Test
  void counts_what_failed_and_what_became_of_it_by_queue_and_route() {
    eventually("serai_messages_failed_total", 2, of("work"));
    eventually("serai_messages_retried_total", 1, of("work"));
    eventually("serai_messages_parked_total", 1, of("work"), "reason=\"attempts-used-up\"");
    eventually("serai_discarded_total", 1, of("drop"), "reason=\"attempts-used-up\"");
  }

  @Test
  void measures_from_publishing_to_success_one_by_one_and_in_batches() {
    eventually("serai_message_end_to_end_seconds_count", 1, of("work"));
    eventually("serai_message_end_to_end_seconds_count", 3, of("batch"));
    atLeastOne("serai_message_end_to_end_seconds_bucket", of("batch"), "le=");
  }

  @Test
  void tells_the_depth_and_the_consumers_of_each_queue() {
    eventually("serai_queue_messages", 1, "queue=\"" + name + ".dead\"", "state=\"ready\"");
    eventually("serai_queue_consumers", 1, "queue=\"" + name + ".work\"");
    eventually("serai_queue_consumers", 0, "queue=\"" + name + ".dead\"");
  }

  @Test
  void tells_whether_and_how_long_it_is_connected() {
    eventually("serai_connection_up", 1);
    eventually("serai_reconnects_total", 0);
    await().atMost(SOON).until(() -> sum("serai_connection_uptime_seconds") > 0.1);
  }

  @Test
  void tells_what_camel_counts_of_each_route() {
    atLeastOne("camel_exchanges_total", "routeId=\"watched-work\"");
    atLeastOne("camel_route_policy_seconds_count", "routeId=\"watched-work\"");
  }

  @Test
  void tells_some_under_other_names_too() throws Exception {
    eventually("serai_messages_consumed_total", 3, of("work"));
    eventually("rabbitmq_messages_consumed_total", 3, of("work"));
    atLeastOne("rabbitmq_messages_published_total", "exchange=\"" + name + ".in\"");
    atLeastOne("rabbitmq_messages_acked_total", of("work"));
    atLeastOne("rabbitmq_messages_nacked_total", of("homeless"));
    atLeastOne("rabbitmq_messages_dead_lettered_total", of("work"));
    atLeastOne("rabbitmq_publish_latency_seconds_bucket", "le=");
    atLeastOne("rabbitmq_publish_latency_seconds_count");
    eventually("rabbitmq_connection_state", 1);
    assertThat(serai.get("/metrics").body())
        .contains("# TYPE rabbitmq_publish_latency_seconds histogram")
        .contains("# TYPE rabbitmq_messages_published_total counter");
    HttpResponse<String> open =
        serai.send(
            HttpRequest.newBuilder(URI.create(url("/metrics")))
                .header("Accept", "application/openmetrics-text")
                .build());
    assertThat(open.body())
        .contains("# TYPE rabbitmq_messages_published counter")
        .endsWith("# EOF\n")
        .containsOnlyOnce("# EOF");
  }

  @Test
  void has_every_metric_of_the_page_and_no_other() {
    atLeastOne("serai_messages_requeued_total");
    atLeastOne("serai_messages_parked_total");
    atLeastOne("serai_discarded_total");
    atLeastOne("serai_webhook_attempts_total", "status_class=\"4xx\"");
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(families(serai.get("/metrics").body()))
                    .isEqualTo(MetricsDocTest.documented()));
  }

  /** Our metrics and the labels of each; a histogram's own label is not one of ours. */
  private static SortedMap<String, Set<String>> families(String text) {
    SortedMap<String, Set<String>> families = new TreeMap<>();
    FAMILY
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .filter(name -> !name.endsWith("_seconds_max"))
        .forEach(name -> families.put(name, new TreeSet<>()));
    SAMPLE
        .matcher(text)
        .results()
        .forEach(
            sample ->
                families.computeIfPresent(
                    sample.group(1).replaceFirst("_(bucket|count|sum)$", ""),
                    (name, labels) -> with(labels, sample.group(2))));
    return families;
  }

  private static Set<String> with(Set<String> labels, String sample) {
    LABEL
        .matcher(sample)
        .results()
        .map(label -> label.group(1))
        .filter(label -> !label.equals("le"))
        .forEach(labels::add);
    return labels;
  }

  private String of(String queue) {
    return "queue=\"%s.%s\",route=\"watched-%s\"".formatted(name, queue, queue);
  }

  private void eventually(String metric, double value, String... labels) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(sum(metric, labels)).as(metric).isEqualTo(value));
  }

  void atLeastOne(String metric, String... labels) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(sum(metric, labels)).as(metric).isGreaterThanOrEqualTo(1));
  }

  /** Sum of the samples with these labels; NaN when there is none. */
  private double sum(String metric, String... labels) throws Exception {
    List<Double> values = new ArrayList<>();
    for (String line : serai.get("/metrics").body().split("\n")) {
      boolean its = line.startsWith(metric + "{") || line.startsWith(metric + " ");
      if (its
          && Stream.of(labels).flatMap(of -> Stream.of(of.split(","))).allMatch(line::contains)) {
        values.add(Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)));
      }
    }
    return values.isEmpty() ? Double.NaN : values.stream().mapToDouble(Double::doubleValue).sum();
  }
}
