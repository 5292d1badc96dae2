package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** src/docs/configuration.md names every key of the seeds and only keys that exist. */
class ConfigurationDocTest {
  private static final Path PAGE = Path.of("src/docs/configuration.md");
  private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| (.*?) \\|");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HelixAgent, `configs/messaging.yaml`|host, port, username, password, vhost,"
            + " connect_timeout, heartbeat, max_reconnect_attempts, reconnect_delay,"
            + " publisher_confirm, publish_timeout, prefetch_count, prefetch_global, tls.enabled,"
            + " tls.cert_file, tls.key_file, tls.ca_file, tls.skip_verify, tls.verify_peer,"
            + " RABBITMQ_HOST, RABBITMQ_PORT, RABBITMQ_USER, RABBITMQ_PASSWORD, RABBITMQ_VHOST,"
            + " RABBITMQ_PREFETCH_COUNT, RABBITMQ_PUBLISHER_CONFIRM, RABBITMQ_ERLANG_COOKIE",
        "Conduit|CONDUITLLM__RABBITMQ__HOST, CONDUITLLM__RABBITMQ__PORT,"
            + " CONDUITLLM__RABBITMQ__USERNAME, CONDUITLLM__RABBITMQ__PASSWORD,"
            + " CONDUITLLM__RABBITMQ__VHOST, CONDUITLLM__RABBITMQ__PREFETCHCOUNT,"
            + " CONDUITLLM__RABBITMQ__PARTITIONCOUNT",
        "Bloodbank|RABBIT_URL, exchange_name, REDIS_HOST, REDIS_PORT, enable_correlation_tracking",
        "DEBIAS|x-message-ttl, x-dead-letter-exchange, x-max-length"
      })
  void has_a_row_for_each_key_of_the_seed(String seed, String keys) throws IOException {
    String section = Files.readString(PAGE).split("\n## " + Pattern.quote(seed) + "\n")[1];
    List<String> named =
        FIRST_CELL
            .matcher(section.split("\n## ")[0])
            .results()
            .flatMap(cell -> CODE.matcher(cell.group(1)).results())
            .map(code -> code.group(1))
            .toList();

    assertThat(named).contains(keys.split(", *"));
  }

  @Test
  void names_only_settings_that_exist() throws IOException {
    List<String> keys = new ArrayList<>();
    collect("", yaml("application"), keys);
    collect("", yaml("debias"), keys);
    collect("", yaml("helixagent"), keys);
    collect("", yaml("bloodbank"), keys);
    collect("", yaml("conduit"), keys);
    collect("", yaml("shared"), keys);

    assertThat(
            Pattern.compile(
                    "`((?:serai|debias|helixagent|bloodbank|conduit|correlation)\\.[a-z.-]+)`")
                .matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1)))
        .isNotEmpty()
        .allSatisfy(
            key -> assertThat(keys).anyMatch(k -> k.equals(key) || k.startsWith(key + ".")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"application", "bloodbank", "conduit", "debias", "helixagent", "shared"})
  void names_every_variable_that_a_file_reads(String file) throws IOException {
    String page = Files.readString(PAGE);

    assertThat(
            Pattern.compile("\\$\\{([A-Z0-9_]+)")
                .matcher(Files.readString(Path.of("config", file + ".yaml")))
                .results()
                .map(found -> "`" + found.group(1) + "`"))
        .allSatisfy(variable -> assertThat(page).contains(variable));
  }

  private static Map<String, Object> yaml(String file) throws IOException {
    return new Yaml().load(Files.readString(Path.of("config", file + ".yaml")));
  }

  @SuppressWarnings("unchecked") // YAML maps have text keys here
  private static void collect(String prefix, Map<String, Object> map, List<String> keys) {
    map.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> inner) {
            collect(prefix + name + ".", (Map<String, Object>) inner, keys);
          } else {
            keys.add(prefix + name);
          }
        });
  }
}
