package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** src/docs/configuration.md names every key of the seeds and only keys that exist. */
class ConfigurationDocTest {
  private static final Path PAGE = Path.of("src/docs/configuration.md");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "`host`",
        "`port`",
        "`username`",
        "`password`",
        "`vhost`",
        "`connect_timeout`",
        "`heartbeat`",
        "`max_reconnect_attempts`",
        "`reconnect_delay`",
        "`publisher_confirm`",
        "`publish_timeout`",
        "`prefetch_count`",
        "`prefetch_global`",
        "`tls.enabled`",
        "`tls.cert_file`",
        "`tls.key_file`",
        "`tls.ca_file`",
        "`tls.skip_verify`",
        "`tls.verify_peer`",
        "`RABBITMQ_HOST`",
        "`RABBITMQ_PORT`",
        "`RABBITMQ_USER`",
        "`RABBITMQ_PASSWORD`",
        "`RABBITMQ_VHOST`",
        "`RABBITMQ_PREFETCH_COUNT`",
        "`RABBITMQ_PUBLISHER_CONFIRM`",
        "`CONDUITLLM__RABBITMQ__HOST`",
        "`CONDUITLLM__RABBITMQ__PORT`",
        "`CONDUITLLM__RABBITMQ__USERNAME`",
        "`CONDUITLLM__RABBITMQ__PASSWORD`",
        "`CONDUITLLM__RABBITMQ__VHOST`",
        "`CONDUITLLM__RABBITMQ__PREFETCHCOUNT`",
        "`CONDUITLLM__RABBITMQ__PARTITIONCOUNT`",
        "`RABBIT_URL`",
        "`exchange_name`",
        "`REDIS_HOST`",
        "`REDIS_PORT`"
      })
  void names_the_seeds_key(String key) throws IOException {
    assertThat(Files.readString(PAGE)).contains(key);
  }

  @Test
  void names_only_settings_that_exist() throws IOException {
    Map<String, Object> root =
        new Yaml().load(Files.readString(Path.of("config/application.yaml")));
    List<String> keys = new ArrayList<>();
    collect("", root, keys);

    assertThat(
            java.util.regex.Pattern.compile("`(serai\\.broker\\.[a-z.-]+)`")
                .matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1)))
        .isNotEmpty()
        .allSatisfy(key -> assertThat(keys).contains(key));
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
