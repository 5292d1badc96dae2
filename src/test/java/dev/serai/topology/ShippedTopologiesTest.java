package dev.serai.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.serai.topology.Topologies.BindingSpec;
import dev.serai.topology.Topologies.ExchangeSpec;
import dev.serai.topology.Topologies.QueueSpec;
import dev.serai.topology.Topologies.Role;
import dev.serai.topology.Topologies.Rung;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.mock.env.MockEnvironment;
import org.yaml.snakeyaml.Yaml;

/** What the shipped files and the seeds' queues become. */
class ShippedTopologiesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void debias_has_the_seeds_exchange_queues_and_limits() {
    LoadedTopologies topologies = debias();

    assertThat(topologies.exchanges().get("events"))
        .isEqualTo(new ExchangeSpec("events", "fanout", true, true));
    assertThat(exchange(topologies, "events.dlx").open()).isFalse();
    assertThat(queue(topologies, "events.neo4j").arguments())
        .isEqualTo(
            Map.of(
                "x-message-ttl",
                86_400_000L,
                "x-max-length",
                100_000L,
                "x-max-priority",
                10,
                "x-dead-letter-exchange",
                "events.dlx"));
    assertThat(queue(topologies, "events.dlq").arguments())
        .isEqualTo(Map.of("x-message-ttl", 604_800_000L));
    assertThat(queue(topologies, "events.dlq").role()).isEqualTo(Role.PARK);
    assertThat(topologies.bindings())
        .contains(
            new BindingSpec("events", "events.neo4j", ""),
            new BindingSpec("events", "events.qdrant", ""),
            new BindingSpec("events.dlx", "events.dlq", ""));
  }

  @Test
  void debias_waits_5_seconds_30_seconds_and_5_minutes_and_then_parks() {
    LoadedTopologies topologies = debias();

    assertThat(queue(topologies, "events.neo4j").retry())
        .containsExactly(
            new Rung(Duration.ofSeconds(5), "", "events.neo4j.wait.5s"),
            new Rung(Duration.ofSeconds(30), "", "events.neo4j.wait.30s"),
            new Rung(Duration.ofMinutes(5), "", "events.neo4j.wait.5m"));
    assertThat(queue(topologies, "events.neo4j").park()).contains("events.dlq");
    assertThat(queue(topologies, "events.neo4j.wait.30s"))
        .isEqualTo(
            new QueueSpec(
                "events.neo4j.wait.30s",
                Map.of(
                    "x-message-ttl", 30_000L,
                    "x-max-length", 100_000L,
                    "x-overflow", "reject-publish",
                    "x-dead-letter-exchange", "",
                    "x-dead-letter-routing-key", "events.neo4j"),
                List.of(),
                Optional.empty(),
                Role.WAIT));
  }

  @Test
  void a_shared_wait_queue_keeps_the_name_of_the_origin_as_routing_key() throws IOException {
    LoadedTopologies topologies =
        read(
            """
            queues:
              tasks.llm:
                priorities: 10
                retry: {via: tasks.retry, wait: 60s, attempts: 3, max-length: 10000}
                park: tasks.dlq
              tasks.debate:
                retry: {via: tasks.retry, wait: 60s, attempts: 3, max-length: 10000}
                park: tasks.dlq
              tasks.dlq: {ttl: 7d, max-length: 100000}
            """);

    assertThat(topologies.problems()).isEmpty();
    assertThat(queue(topologies, "tasks.llm").retry())
        .hasSize(3)
        .containsOnly(new Rung(Duration.ofSeconds(60), "tasks.retry.enter", "tasks.llm"));
    assertThat(exchange(topologies, "tasks.retry.enter").type()).isEqualTo("fanout");
    assertThat(exchange(topologies, "tasks.retry.enter").open()).isFalse();
    assertThat(queue(topologies, "tasks.retry").arguments())
        .isEqualTo(
            Map.of(
                "x-message-ttl",
                60_000L,
                "x-max-length",
                10_000L,
                "x-overflow",
                "reject-publish",
                "x-dead-letter-exchange",
                "tasks.retry.return"));
    assertThat(topologies.bindings())
        .contains(
            new BindingSpec("tasks.retry.return", "tasks.llm", "tasks.llm"),
            new BindingSpec("tasks.retry.return", "tasks.debate", "tasks.debate"));
  }

  @TestFactory
  Stream<DynamicTest> the_schema_accepts_every_shipped_file() throws IOException {
    try (Stream<Path> found = Files.walk(Path.of("routes"))) {
      return found.filter(file -> file.endsWith("topology.yaml")).toList().stream()
          .map(
              file ->
                  DynamicTest.dynamicTest(
                      file.toString(), () -> assertThat(schema().validate(json(file))).isEmpty()));
    }
  }

  @TestFactory
  Stream<DynamicTest> the_schema_refuses_what_it_can_see() {
    return Stream.of(
            "unknown-key",
            "wrong-duration",
            "wrong-number",
            "wrong-value",
            "reserved-name",
            "wrong-type")
        .map(name -> Path.of("src/test/resources/refused-topologies", name + ".yaml"))
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () -> assertThat(schema().validate(json(file))).isNotEmpty()));
  }

  private static JsonSchema schema() throws IOException {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(Files.readString(Path.of("src/main/resources/schema/topology.schema.json")));
  }

  private static JsonNode json(Path yaml) throws IOException {
    return JSON.valueToTree(new Yaml().load(Files.readString(yaml)));
  }

  private static QueueSpec queue(LoadedTopologies topologies, String name) {
    return Objects.requireNonNull(topologies.queues().get(name), name);
  }

  private static ExchangeSpec exchange(LoadedTopologies topologies, String name) {
    return Objects.requireNonNull(topologies.exchanges().get(name), name);
  }

  private static LoadedTopologies debias() {
    MockEnvironment environment =
        new MockEnvironment()
            .withProperty("debias.retry", "5s, 30s, 5m")
            .withProperty("debias.queue.max-length", "100000");
    return LoadedTopologies.read(List.of(Path.of("routes/debias/topology.yaml")), environment);
  }

  private static LoadedTopologies read(String yaml) throws IOException {
    Path file = Files.createTempFile("topology", ".yaml");
    Files.writeString(file, yaml);
    return LoadedTopologies.read(List.of(file), new MockEnvironment());
  }
}
