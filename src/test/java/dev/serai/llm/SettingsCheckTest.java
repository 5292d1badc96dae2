package dev.serai.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.support.SeraiApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

class SettingsCheckTest {
  private static final Map<String, String> GOOD =
      Map.of(
          "providers[0].name", "a",
          "providers[0].base-url", "https://a.example/v1",
          "providers[0].models", "m, n");

  @Test
  void takes_the_values_that_are_shipped() throws IOException {
    assertThat(SettingsCheck.problems(settings(Map.of()), Set.of()::contains)).isEmpty();
  }

  @Test
  void reads_a_provider() throws IOException {
    Provider provider = settings(GOOD).providers().get(0);

    assertThat(problems(Map.of())).isEmpty();
    assertThat(provider.models()).containsExactly("m", "n");
    assertThat(provider.limits()).isEqualTo(new Provider.Limits(0, 0, 0));
    assertThat(provider.timeouts().firstToken()).hasSeconds(60);
  }

  @Test
  void the_example_of_the_page_can_be_used(@TempDir Path folder) throws IOException {
    String page = Files.readString(Path.of("src/docs/llm.md"));
    String example = page.split("```yaml\n")[1].split("```")[0];
    Path file = Files.writeString(folder.resolve("helixagent.yaml"), example);

    LlmSettings settings = settings(Map.of(), file);

    assertThat(SettingsCheck.problems(settings, Set.of("OPENAI_API_KEY")::contains)).isEmpty();
    assertThat(settings.providers()).hasSize(1);
    assertThat(settings.providers().get(0).limits().tokensPerMinute()).isEqualTo(200_000);
    assertThat(settings.providers().get(0).models()).containsExactly("gpt-4o-mini", "gpt-4o");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          workers                                 | 101       | a whole number from 1 to 100
          after-first-token                       | retry     | error, restart or continue
          expected-tokens                         | 0         | a whole number from 1 to 10000000
          waits.pause                             | 1ms       | a time from 10ms to 60s
          waits.busy                              | 0ms       | a time from 1ms to 86400s
          waits.lease                             | 10ms      | a time from 500ms to 86400s
          breaker.failures                        | 101       | a whole number from 1 to 100
          breaker.calls                           | 0         | a whole number from 1 to 10000
          breaker.pause                           | 0ms       | a time from 1ms to 86400s
          simulated.delay                         | 61000ms   | a time from 0ms to 60s
          default-model                           | x         | a model of one of the providers, or nothing
          providers[0].name                       | a b       | 1 to 100 letters, digits, dots, - and _
          providers[0].name                       | simulated | a name that no other provider has
          providers[0].models                     | ''        | the names of its models
          providers[0].key-variable               | NOT_SET   | the name of an environment variable that is set
          providers[0].limits.requests-per-minute | -1        | a whole number from 0 to 1000000000000
          providers[0].limits.tokens-per-minute   | -1        | a whole number from 0 to 1000000000000
          providers[0].limits.concurrency         | -1        | a whole number from 0 to 1000000000000
          providers[0].timeouts.connect           | 0ms       | a time from 1ms to 86400s
          providers[0].timeouts.first-token       | 0ms       | a time from 1ms to 86400s
          providers[0].timeouts.total             | 0ms       | a time from 1ms to 86400s
          """)
  void says_which_value_cannot_be_and_what_to_write(String key, String value, String remedy)
      throws IOException {
    assertThat(problems(Map.of(key, value)))
        .containsExactly(
            "bad-value: helixagent.llm.%s is \"%s\"; write %s".formatted(key, value, remedy));
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://host/v1",
    "host/v1",
    "https://user:secret@host/v1",
    "https://host/v1?a=secret"
  })
  void quotes_no_address(String url) throws IOException {
    assertThat(problems(Map.of("providers[0].base-url", url)))
        .containsExactly(
            "bad-value: helixagent.llm.providers[0].base-url cannot be; write an address such as"
                + " https://api.example.com/v1");
  }

  @Test
  void refuses_a_price_below_nothing() throws IOException {
    assertThat(problems(Map.of("providers[0].price.output", "-1")))
        .containsExactly(
            "bad-value: helixagent.llm.providers[0].price is \"0, -1\"; write prices of a million"
                + " tokens, 0 or more");
  }

  @Test
  void a_start_with_wrong_values_ends_with_all_of_them(@TempDir Path data) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("serai.broker.mode", "embedded");
    settings.put("serai.broker.embedded.durable", "false");
    settings.put("helixagent.llm.after-first-token", "retry");
    settings.put("helixagent.llm.breaker.calls", "0");

    assertThatThrownBy(() -> SeraiApp.start(data, settings).close())
        .rootCause()
        .hasMessage(
            """
            bad-value: helixagent.llm.after-first-token is "retry"; write error, restart or continue
            bad-value: helixagent.llm.breaker.calls is "0"; write a whole number from 1 to 10000""");
  }

  private static List<String> problems(Map<String, String> values) throws IOException {
    Map<String, String> all = new LinkedHashMap<>(GOOD);
    all.putAll(values);
    return SettingsCheck.problems(settings(all), Set.of("IS_SET")::contains);
  }

  private static LlmSettings settings(Map<String, String> values) throws IOException {
    return settings(values, Path.of("config/helixagent.yaml"));
  }

  private static LlmSettings settings(Map<String, String> values, Path file) throws IOException {
    Map<String, Object> keys = new LinkedHashMap<>();
    values.forEach((key, value) -> keys.put("helixagent.llm." + key, value));
    StandardEnvironment environment = new StandardEnvironment();
    environment.setConversionService(new ApplicationConversionService());
    environment.getPropertySources().addFirst(new MapPropertySource("test", keys));
    new YamlPropertySourceLoader()
        .load("helixagent", new FileSystemResource(file))
        .forEach(environment.getPropertySources()::addLast);
    return Binder.get(environment).bindOrCreate("helixagent.llm", Bindable.of(LlmSettings.class));
  }
}
