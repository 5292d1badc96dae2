package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;
import org.yaml.snakeyaml.Yaml;

/** Reads the shipped config/application.yaml under different environments. */
class SettingsReaderTest {

  @Test
  void the_shipped_file_alone_gives_the_seeds_defaults() throws Exception {
    BrokerSettings settings = read(Map.of()).settings();

    assertThat(settings.address())
        .isEqualTo(new BrokerSettings.Address("localhost", 5672, "/", false));
    assertThat(settings.connection())
        .isEqualTo(
            new BrokerSettings.Connecting(
                Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(5), 10));
    assertThat(settings.publishing())
        .isEqualTo(new BrokerSettings.Publishing(Duration.ofSeconds(10), 1000, 20_000));
    assertThat(settings.consuming()).isEqualTo(new BrokerSettings.Consuming(10, false));
    assertThat(read(Map.of()).embedded())
        .isEqualTo(new EmbeddedSettings(true, Duration.ofMillis(500)));
  }

  @Test
  void every_name_of_the_seeds_is_read() throws Exception {
    BrokerSettings settings =
        read(Map.of(
                "RABBITMQ_HOST", "broker",
                "RABBITMQ_PORT", "5673",
                "RABBITMQ_USER", "helixagent",
                "RABBITMQ_PASSWORD", "secret",
                "RABBITMQ_VHOST", "helix",
                "RABBITMQ_PREFETCH_COUNT", "20",
                "RABBITMQ_PUBLISHER_CONFIRM", "true"))
            .settings();

    assertThat(settings.address())
        .isEqualTo(new BrokerSettings.Address("broker", 5673, "helix", false));
    assertThat(settings.login()).isEqualTo(new BrokerSettings.Login("helixagent", "secret"));
    assertThat(settings.consuming().prefetchCount()).isEqualTo(20);
  }

  @Test
  void every_name_of_conduit_is_read() throws Exception {
    String prefix = "CONDUITLLM__RABBITMQ__";
    BrokerSettings settings =
        read(Map.of(
                prefix + "HOST", "rabbitmq",
                prefix + "PORT", "5674",
                prefix + "USERNAME", "conduit",
                prefix + "PASSWORD", "conduitsecret",
                prefix + "VHOST", "events",
                prefix + "PREFETCHCOUNT", "5"))
            .settings();

    assertThat(settings.address())
        .isEqualTo(new BrokerSettings.Address("rabbitmq", 5674, "events", false));
    assertThat(settings.login()).isEqualTo(new BrokerSettings.Login("conduit", "conduitsecret"));
    assertThat(settings.consuming()).isEqualTo(new BrokerSettings.Consuming(5, false));
  }

  @Test
  void each_source_gives_way_to_the_one_before() throws Exception {
    Map<String, String> environment = new HashMap<>();
    List<String> names =
        List.of(
            "CONDUITLLM__RABBITMQ__HOST",
            "RABBITMQ_HOST",
            "RABBIT_URL",
            "RABBITMQ_URI",
            "serai.broker.uri",
            "serai.broker.host");
    for (String name : names) {
      String host = "from-" + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
      boolean url = name.endsWith("URL") || name.endsWith("URI") || name.endsWith("uri");
      environment.put(name, url ? "amqp://" + host : host);

      SettingsReader.Found found = read(environment);

      assertThat(found.settings().address().host()).isEqualTo(host);
      assertThat(found.choice().reason()).startsWith(name + " is set");
    }
  }

  @Test
  void a_port_beside_a_host_that_lost_is_not_used() throws Exception {
    Map<String, String> environment =
        Map.of("RABBITMQ_HOST", "first", "CONDUITLLM__RABBITMQ__PORT", "9999");

    assertThat(read(environment).settings().address().port()).isEqualTo(5672);
  }

  @Test
  void a_login_missing_in_the_url_comes_from_the_next_source() throws Exception {
    Map<String, String> environment =
        Map.of(
            "RABBIT_URL", "amqp://broker",
            "RABBITMQ_USER", "someone",
            "RABBITMQ_PASSWORD", "secret");

    assertThat(read(environment).settings().login())
        .isEqualTo(new BrokerSettings.Login("someone", "secret"));
  }

  @Test
  void an_empty_variable_counts_as_none() throws Exception {
    SettingsReader.Found found = read(Map.of("RABBITMQ_URI", "", "RABBITMQ_HOST", " "));

    assertThat(found.choice().mode()).isEqualTo(Transport.Mode.EMBEDDED);
  }

  @Test
  void an_explicit_setting_wins_over_the_environment() throws Exception {
    SettingsReader.Found found =
        read(
            Map.of(
                "serai.broker.prefetch-count", "7",
                "RABBITMQ_PREFETCH_COUNT", "20",
                "serai.broker.vhost", "mine",
                "RABBITMQ_URI", "amqp://broker/theirs"));

    assertThat(found.settings().consuming().prefetchCount()).isEqualTo(7);
    assertThat(found.settings().address().virtualHost()).isEqualTo("mine");
  }

  @Test
  void publishing_without_confirms_is_refused_with_the_reason() {
    assertThatThrownBy(() -> read(Map.of("RABBITMQ_PUBLISHER_CONFIRM", "false")))
        .hasMessage(
            "bad-broker-setting: serai.broker.publisher-confirm (RABBITMQ_PUBLISHER_CONFIRM) is"
                + " false: without confirms acknowledged events can be lost, so Serai always"
                + " publishes with them; write true or remove it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mode|rabbit|write auto, embedded or rabbitmq",
        "port|70000|write a number from 1 to 65535",
        "connect-timeout|30|write a time with its unit from 1ms to 600s",
        "connect-timeout|0s|write a time with its unit",
        "heartbeat|1500ms|is not whole seconds",
        "reconnect-delay|31s|write a time with its unit",
        "max-reconnect-attempts|0|write a number from 1",
        "publish-timeout|soon|write a time with its unit",
        "max-unconfirmed|0|write a number from 1 to 65535",
        "max-waiting|0|write a number from 1",
        "prefetch-count|0|write a number from 1 to 65535",
        "prefetch-global|yes|write true or false",
        "publisher-confirm|maybe|write true or false",
        "embedded.durable|1|write true or false",
        "embedded.housekeeping|1ms|write a time with its unit from 10ms to 60s"
      })
  void a_bad_value_is_named_with_what_to_write(String key, String value, String remedy) {
    assertThatThrownBy(() -> read(Map.of("serai.broker." + key, value)))
        .hasMessageStartingWith("bad-broker-setting: ")
        .hasMessageContaining(key)
        .hasMessageContaining(remedy);
  }

  @Test
  void all_bad_values_are_reported_at_once() {
    assertThatThrownBy(
            () ->
                read(Map.of("serai.broker.heartbeat", "x", "serai.broker.prefetch-count", "many")))
        .hasMessageContainingAll("heartbeat is \"x\"", "prefetch-count is \"many\"");
  }

  @Test
  void a_bad_url_is_named_and_never_quoted() {
    assertThatThrownBy(() -> read(Map.of("RABBITMQ_URI", "http://me:secret@broker")))
        .hasMessageStartingWith(
            "bad-broker-setting: RABBITMQ_URI does not begin with amqp:// or amqps://")
        .hasMessageNotContaining("secret");
  }

  @Test
  void settings_never_print_a_login() throws Exception {
    SettingsReader.Found found = read(Map.of("RABBITMQ_URI", "amqp://someone:secret@broker"));

    assertThat(found.toString()).doesNotContain("secret", "someone");
  }

  @ParameterizedTest
  @ValueSource(strings = {"api", "admin"})
  void docker_compose_gives_the_login_that_it_gives_rabbitmq(String service) throws Exception {
    JsonNode services =
        new ObjectMapper()
            .<JsonNode>valueToTree(
                new Yaml().<Object>load(Files.readString(Path.of("docker-compose.yml"))))
            .path("services");

    BrokerSettings serai = read(environment(services.path(service))).settings();

    Map<String, String> rabbitmq = environment(services.path("rabbitmq"));
    assertThat(serai.address()).isEqualTo(new BrokerSettings.Address("rabbitmq", 5672, "/", false));
    assertThat(rabbitmq)
        .containsEntry("RABBITMQ_DEFAULT_VHOST", "/")
        .containsEntry("RABBITMQ_DEFAULT_USER", serai.login().username())
        .containsEntry("RABBITMQ_DEFAULT_PASS", serai.login().password());
  }

  /** What a service gets when nothing is set outside. */
  private static Map<String, String> environment(JsonNode service) {
    Map<String, String> environment = new HashMap<>();
    service
        .path("environment")
        .properties()
        .forEach(
            variable ->
                environment.put(
                    variable.getKey(),
                    variable.getValue().asText().replaceAll("\\$\\{\\w+:-([^}]*)}", "$1")));
    return environment;
  }

  private static SettingsReader.Found read(Map<String, String> given) throws Exception {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .forEach(s -> environment.getPropertySources().remove(s.getName()));
    environment.getPropertySources().addLast(new MapPropertySource("given", Map.copyOf(given)));
    new YamlPropertySourceLoader()
        .load("shipped", new FileSystemResource(Path.of("config/application.yaml")))
        .forEach(environment.getPropertySources()::addLast);
    return new SettingsReader(environment::getProperty).read();
  }
}
