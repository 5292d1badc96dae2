package dev.serai.conduit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.FileSystemResource;
import org.springframework.mock.env.MockEnvironment;

class ConduitValuesTest {
  private final MockEnvironment values = new MockEnvironment();

  @BeforeEach
  void load() throws IOException {
    new YamlPropertySourceLoader()
        .load("conduit", new FileSystemResource("config/conduit.yaml"))
        .forEach(values.getPropertySources()::addLast);
  }

  @Test
  void those_that_are_shipped_are_good() {
    assertThat(ConduitValues.problems(values)).isEmpty();
  }

  @Test
  void the_variables_of_the_seed_count() {
    values.setProperty("CONDUITLLM__RABBITMQ__PARTITIONCOUNT", "3");
    values.setProperty("CONDUITLLM__RABBITMQ__PREFETCHCOUNT", "7");

    assertThat(values.getProperty("conduit.partitions")).isEqualTo("3");
    assertThat(values.getProperty("conduit.image.workers")).isEqualTo("7");
  }

  @ParameterizedTest
  @CsvSource({
    "conduit.partitions, 0",
    "conduit.cache.invalidate-url, ftp://host",
    "conduit.cache.invalidate-url, http://user:secret@host",
    "conduit.cache.timeout, 2",
    "conduit.spend.workers, none",
    "conduit.image.workers, 0",
    "conduit.image.base-url, host",
    "conduit.image.key-variable, sk-secret"
  })
  void one_that_cannot_be_is_named_and_no_secret_is_shown(String key, String value) {
    values.setProperty(key, value);

    assertThat(ConduitValues.problems(values))
        .singleElement()
        .asString()
        .startsWith("bad-value: " + key + " ")
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"conduit.image.timeout", "conduit.image.simulated-delay"})
  void a_request_for_images_ends_before_the_broker_takes_it_back(String key) {
    values.setProperty(key, "20m");
    assertThat(ConduitValues.problems(values)).isEmpty();

    values.setProperty(key, "21m");

    assertThat(ConduitValues.problems(values))
        .singleElement()
        .asString()
        .startsWith("bad-value: " + key + " is \"21m\"; write a time from ")
        .contains(" to 20m, as RabbitMQ ");
  }

  @Test
  void too_large_a_number_of_the_seed_is_named_with_its_variable() {
    values.setProperty("CONDUITLLM__RABBITMQ__PREFETCHCOUNT", "2000");

    assertThat(ConduitValues.problems(values))
        .singleElement()
        .asString()
        .startsWith("bad-value: conduit.image.workers is \"2000\"; write a whole number from 1 to")
        .contains("CONDUITLLM__RABBITMQ__PREFETCHCOUNT");
  }

  @Test
  void the_queue_of_the_caches_is_called_the_same_in_all_files() throws IOException {
    String queue = values.getProperty("conduit.cache.queue");

    assertThat(Files.readString(Path.of("routes/conduit/topology.yaml")))
        .containsPattern("\n  " + queue + ":.*\n    per-instance: true\n");
    assertThat(Files.readAllLines(Path.of("routes/conduit/hear-changes.camel.yaml")))
        .contains("        queues: " + queue);
  }
}
