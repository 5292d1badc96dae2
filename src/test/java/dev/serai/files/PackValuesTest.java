package dev.serai.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.DeferredLogs;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Values of packs, and what is too much of them. */
@Timeout(20)
class PackValuesTest {
  private static final int LEVELS = 40; // two to the power of this are too many for any memory

  private final List<String> said = new ArrayList<>();

  @TempDir private Path config;

  @BeforeEach
  void write_the_application() throws IOException {
    Files.writeString(config.resolve("application.yaml"), "c: 1\n");
  }

  @Test
  void aliases_that_would_fill_the_memory_are_refused_with_their_place() throws Exception {
    Files.writeString(config.resolve("pack.yaml"), bomb());

    assertThatThrownBy(() -> PackValues.of(config))
        .isInstanceOf(BadValuesException.class)
        .hasMessage(
            "bad-config: %s:2:13: an alias (*name) repeats a part of the file; write the part out",
            config.resolve("pack.yaml"))
        .extracting(e -> ((BadValuesException) e).name())
        .isEqualTo("yaml-alias");
  }

  @Test
  void a_huge_file_is_refused_and_not_read_to_its_end() throws Exception {
    Files.writeString(config.resolve("pack.yaml"), "k: v\n".repeat(10 << 20));

    assertThatThrownBy(() -> PackValues.of(config))
        .hasMessage(
            "bad-config: %s:1:1: the file has more than 1 MiB; split it",
            config.resolve("pack.yaml"))
        .extracting(e -> ((BadValuesException) e).name())
        .isEqualTo("too-large");
  }

  @Test
  void a_deep_file_is_refused_before_it_takes_minutes() throws Exception {
    Files.writeString(config.resolve("pack.yaml"), "a: " + "[".repeat(300_000));

    assertThatThrownBy(() -> PackValues.of(config))
        .hasMessage(
            "bad-config: %s:1:103: this is deeper than 100 levels; write key: value",
            config.resolve("pack.yaml"));
  }

  @Test
  void a_start_leaves_out_what_cannot_be_read_and_says_so() throws Exception {
    Files.writeString(config.resolve("broken.yaml"), "a: [\n");
    Files.writeString(config.resolve("pack.yaml"), "b: 1\n");

    assertThat(start().getProperty("b")).isEqualTo("1");
    assertThat(said).singleElement().asString().startsWith("bad-config: ").contains("broken.yaml");
  }

  @Test
  void an_alias_of_a_single_value_is_no_harm() throws Exception {
    Files.writeString(config.resolve("pack.yaml"), "a: &a 5s\nb: *a\n");

    assertThat(start().getProperty("b")).isEqualTo("5s");
  }

  @Test
  void a_file_may_have_several_documents() throws Exception {
    Files.writeString(config.resolve("pack.yaml"), "a: 1\n---\nb: 2\n");

    assertThat(start().getProperty("a")).isEqualTo("1");
    assertThat(start().getProperty("b")).isEqualTo("2");
  }

  @Test
  void what_was_no_yaml_is_told_as_before() {
    TreeMap<String, byte[]> files =
        new TreeMap<>(Map.of("config/p.yaml", "a: [\n".getBytes(UTF_8)));

    assertThat(PackValues.sources(files, bad -> said.add(bad.getMessage()))).isEmpty();
    assertThat(said)
        .singleElement()
        .asString()
        .startsWith("bad-config: config/p.yaml:2:1: ")
        .endsWith("; mend the YAML at this place");
  }

  private StandardEnvironment start() {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource("test", Map.of("serai.config", config.toString())));
    DeferredLogs logs = new DeferredLogs();
    new PackValues(logs).postProcessEnvironment(environment, new SpringApplication());
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    appender.start();
    Logger logger = (Logger) LoggerFactory.getLogger(PackValues.class);
    logger.addAppender(appender);
    logs.switchOverAll();
    logger.detachAppender(appender);
    appender.list.forEach(event -> said.add(event.getFormattedMessage()));
    return environment;
  }

  private static String bomb() {
    StringBuilder text = new StringBuilder("a0: &a0 {x: 1}\n");
    for (int i = 1; i < LEVELS; i++) {
      text.append("a%d: &a%d {x: *a%d, y: *a%d}\n".formatted(i, i, i - 1, i - 1));
    }
    return text.toString();
  }
}
