package dev.serai.llm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The providers that are configured, and the built-in one behind them. Immutable. */
@Component
@EnableConfigurationProperties(LlmSettings.class)
class Providers {
  private final LlmSettings settings;
  private final Environment environment;
  private final List<Provider> all;

  /**
   * Takes what is configured.
   *
   * @throws IllegalArgumentException {@code bad-value} for each value that cannot be
   */
  Providers(LlmSettings settings, Environment environment) {
    List<String> problems =
        SettingsCheck.problems(
            settings, variable -> !environment.getProperty(variable, "").isBlank());
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    this.settings = settings;
    this.environment = environment;
    this.all = Stream.concat(settings.providers().stream(), Stream.of(Simulated.PROVIDER)).toList();
  }

  LlmSettings settings() {
    return settings;
  }

  /** Those that offer a model, in the order in which they are asked. */
  List<Provider> offering(String model) {
    return all.stream().filter(provider -> provider.models().contains(model)).toList();
  }

  Optional<Provider> named(String name) {
    return all.stream().filter(provider -> provider.name().equals(name)).findFirst();
  }

  List<Provider> all() {
    return all;
  }

  /** The model of a request that names none. */
  String defaultModel() {
    return settings.defaultModel().isEmpty() ? all.get(0).models().get(0) : settings.defaultModel();
  }

  /** The headers that say who asks; empty without a key. */
  Map<String, String> login(Provider provider) {
    return provider.keyVariable().isEmpty()
        ? Map.of()
        : Map.of(
            "Authorization",
            "Bearer " + environment.getRequiredProperty(provider.keyVariable()).strip());
  }
}
