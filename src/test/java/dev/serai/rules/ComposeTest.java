package dev.serai.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** What docker-compose.yml and the files around it promise. */
class ComposeTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode COMPOSE = read(Path.of("docker-compose.yml"));
  private static final JsonNode SERVICES = COMPOSE.path("services");

  /** Written in two parts, so that this file does not hold them. */
  private static final List<String> DEMO_LOGINS =
      List.of("helixagent" + "123", "conduit" + "pass", "admin" + "123", "delo" + "renj");

  private static final Set<Path> MAY_HOLD_LOGINS =
      Set.of(Path.of(".env.example"), Path.of("docker-compose.yml"));

  @Test
  void without_a_profile_there_are_api_admin_and_what_they_need() {
    List<String> plain = new ArrayList<>();
    SERVICES
        .properties()
        .forEach(
            service -> {
              if (!service.getValue().has("profiles")) {
                plain.add(service.getKey());
              }
            });

    assertThat(plain).containsExactlyInAnyOrder("api", "admin", "rabbitmq", "postgres", "redis");
  }

  @ParameterizedTest
  @ValueSource(strings = {"api", "admin"})
  void serai_starts_after_healthy_services_only(String name) {
    JsonNode needs = SERVICES.path(name).path("depends_on");

    assertThat(needs.fieldNames()).toIterable().contains("rabbitmq", "postgres");
    for (JsonNode need : needs) {
      assertThat(need.path("condition").asText()).isEqualTo("service_healthy");
    }
    needs
        .fieldNames()
        .forEachRemaining(
            needed -> assertThat(SERVICES.path(needed).has("healthcheck")).as(needed).isTrue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"api", "admin"})
  void serai_listens_to_the_network_inside_and_uses_rabbitmq_and_postgres(String name) {
    JsonNode environment = SERVICES.path(name).path("environment");

    assertThat(environment.path("SERAI_BIND").asText()).isEqualTo("0.0.0.0");
    assertThat(withDefaults(environment.path("RABBITMQ_HOST"))).isEqualTo("rabbitmq");
    assertThat(environment.path("SERAI_DB_URL").asText())
        .isEqualTo("postgres://postgres:5432/serai");
  }

  @ParameterizedTest
  @CsvSource({
    "CORRELATION_STORE, sql",
    "ENABLE_CORRELATION_TRACKING, true",
    "REDIS_HOST, redis",
    "REDIS_PORT, 6379",
    "REDIS_PASSWORD, ''",
    "RABBIT_URL, ''",
    "RABBITMQ_URI, ''",
    "NEO4J_USER, neo4j",
    "QDRANT_PORT, 6334",
    "QDRANT_API_KEY, ''",
    "CONDUITLLM__RABBITMQ__PREFETCHCOUNT, 10",
    "CONDUITLLM__RABBITMQ__PARTITIONCOUNT, 10"
  })
  void what_the_seeds_set_reaches_every_serai(String variable, String otherwise) {
    for (String service : List.of("api", "admin")) {
      assertThat(SERVICES.path(service).path("environment").path(variable).asText())
          .as(service)
          .isEqualTo("${" + variable + ":-" + otherwise + "}");
    }
  }

  @Test
  void the_redis_that_is_named_is_there() {
    String host = withDefaults(SERVICES.at("/api/environment/REDIS_HOST"));

    assertThat(SERVICES.path(host).at("/healthcheck/test").toString()).contains("redis-cli");
    assertThat(SERVICES.at("/api/depends_on").has(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"api", "admin"})
  void nothing_stops_it_from_running_several_times(String name) {
    JsonNode service = SERVICES.path(name);

    assertThat(service.has("container_name")).isFalse();
    assertThat(service.has("hostname")).isFalse();
    assertThat(service.path("ports"))
        .allSatisfy(port -> assertThat(port.asText()).matches("127\\.0\\.0\\.1::\\d+"));
  }

  @Test
  void the_admin_only_publishes() {
    assertThat(SERVICES.at("/admin/environment/SERAI_CONSUME").asText()).isEqualTo("none");
    assertThat(SERVICES.at("/api/environment").has("SERAI_CONSUME")).isFalse();
  }

  @Test
  void rabbitmq_is_the_seeds_with_a_volume_and_both_ports() {
    JsonNode rabbitmq = SERVICES.path("rabbitmq");

    assertThat(rabbitmq.path("image").asText()).isEqualTo("rabbitmq:4-management-alpine");
    assertThat(texts(rabbitmq.path("ports"))).containsExactly("5672:5672", "15672:15672");
    assertThat(texts(rabbitmq.path("volumes"))).contains("rabbitmq-data:/var/lib/rabbitmq");
    assertThat(rabbitmq.at("/healthcheck/test").toString()).contains("rabbitmq-diagnostics");
  }

  @ParameterizedTest
  @CsvSource({
    "dev,     dev",
    "neo4j,   debias",
    "qdrant,  debias",
    "prometheus, observe",
    "grafana, observe",
    "rabbitmq-2, prod",
    "rabbitmq-3, prod",
    "rabbitmq-permissions, prod"
  })
  void a_profile_adds(String service, String profile) {
    assertThat(texts(SERVICES.path(service).path("profiles"))).containsExactly(profile);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rabbitmq", "rabbitmq-2", "rabbitmq-3"})
  void each_node_of_the_cluster_has_the_seeds_limits_cookie_and_certificates(String name) {
    JsonNode node = SERVICES.path(name);

    assertThat(node.path("hostname").asText()).isEqualTo(name);
    assertThat(node.at("/deploy/resources/limits/memory").asText()).isEqualTo("2G");
    assertThat(node.at("/deploy/resources/limits/cpus").asText()).isEqualTo("2");
    assertThat(node.at("/environment/RABBITMQ_ERLANG_COOKIE").asText())
        .startsWith("${RABBITMQ_ERLANG_COOKIE:-");
    assertThat(texts(node.path("volumes")))
        .contains(
            "./config/rabbitmq/certs:/etc/rabbitmq/certs:ro",
            "./config/rabbitmq/partitions.conf:/etc/rabbitmq/conf.d/20-partitions.conf:ro",
            "${RABBITMQ_TLS_CONF:-./config/rabbitmq/no-tls.conf}:/etc/rabbitmq/conf.d/30-tls.conf:ro");
    assertThat(texts(node.at("/networks/default/aliases"))).containsExactly("rabbitmq-cluster");
  }

  @Test
  void tls_reads_the_files_that_the_page_beside_them_names() throws IOException {
    String page = Files.readString(Path.of("config/rabbitmq/certs/README.md"));

    assertThat(Files.readAllLines(Path.of("config/rabbitmq/tls.conf")))
        .filteredOn(line -> line.contains("/etc/rabbitmq/certs/"))
        .hasSize(3)
        .allSatisfy(line -> assertThat(page).contains(line.replaceFirst(".*/", "`") + "`"));
  }

  @Test
  void the_cluster_names_each_of_its_nodes() throws IOException {
    assertThat(Path.of("config/rabbitmq/cluster.conf"))
        .content()
        .contains("rabbit@rabbitmq\n", "rabbit@rabbitmq-2\n", "rabbit@rabbitmq-3\n");
  }

  @Test
  void the_definitions_hold_the_seeds_permissions_and_no_login() throws IOException {
    JsonNode definitions = JSON.readTree(Path.of("config/rabbitmq/definitions.json").toFile());

    JsonNode permission = definitions.at("/permissions/0");
    assertThat(permission.path("user").asText()).isEqualTo("helixagent");
    assertThat(permission.path("vhost").asText()).isEqualTo("/");
    for (String right : List.of("configure", "write", "read")) {
      assertThat(permission.path(right).asText()).isEqualTo("helixagent\\..*");
    }
    assertThat(definitions.has("users")).isFalse();
    assertThat(texts(SERVICES.at("/rabbitmq-permissions/volumes")))
        .contains("./config/rabbitmq/definitions.json:/etc/rabbitmq/definitions.json:ro");
  }

  @Test
  void every_file_that_is_mounted_or_built_from_is_there() {
    for (JsonNode service : SERVICES) {
      for (JsonNode mounted : service.path("volumes")) {
        String volume = withDefaults(mounted);
        if (volume.startsWith("./")) {
          assertThat(Path.of(volume.split(":", 2)[0])).exists();
        }
        if (!volume.startsWith("./")) {
          assertThat(COMPOSE.path("volumes").has(volume.split(":", 2)[0])).as(volume).isTrue();
        }
      }
    }
    assertThat(Path.of(SERVICES.at("/api/build/dockerfile").asText())).exists();
  }

  @Test
  void prometheus_asks_every_instance_and_grafana_asks_prometheus() {
    JsonNode prometheus = read(Path.of("config/prometheus/prometheus.yml"));
    JsonNode serai = prometheus.at("/scrape_configs/0");
    JsonNode grafana =
        read(Path.of("config/grafana/provisioning/datasources/prometheus.yaml"))
            .at("/datasources/0");

    assertThat(serai.path("metrics_path").asText()).isEqualTo("/metrics");
    assertThat(texts(serai.at("/dns_sd_configs/0/names"))).containsExactly("api", "admin");
    assertThat(grafana.path("url").asText()).isEqualTo("http://prometheus:9090");
    assertThat(read(Path.of("config/grafana/dashboards/serai.json")).at("/panels/0/datasource/uid"))
        .isEqualTo(grafana.path("uid"));
  }

  @Test
  void every_password_can_be_set_from_outside() throws IOException {
    assertThat(Files.readAllLines(Path.of("docker-compose.yml")))
        .filteredOn(line -> DEMO_LOGINS.stream().anyMatch(line::contains))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).matches(".*: \\$\\{[A-Z_]+:-[a-z0-9]+}"));
  }

  @Test
  void the_demo_logins_are_in_no_other_file() throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path file : shipped()) {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      if (DEMO_LOGINS.stream().anyMatch(text::contains)) {
        found.add(file);
      }
    }

    assertThat(found).containsExactlyInAnyOrderElementsOf(MAY_HOLD_LOGINS);
  }

  /** What it is when nothing is set outside. */
  private static String withDefaults(JsonNode text) {
    return text.asText().replaceAll("\\$\\{[A-Z_]+:-([^}]*)}", "$1");
  }

  private static List<Path> shipped() throws IOException {
    Set<Path> own = Set.of(Path.of(".git"), Path.of("target"), Path.of("data"), Path.of(".env"));
    try (Stream<Path> files = Files.walk(Path.of(""))) {
      return files
          .filter(file -> own.stream().noneMatch(file::startsWith))
          .filter(Files::isRegularFile)
          .toList();
    }
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  private static JsonNode read(Path file) {
    try {
      Map<String, Object> content = new Yaml().load(Files.readString(file));
      return JSON.valueToTree(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
