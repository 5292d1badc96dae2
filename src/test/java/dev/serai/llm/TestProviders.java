package dev.serai.llm;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.springframework.mock.env.MockEnvironment;

/** Providers as tests want them. */
final class TestProviders {
  private static final Duration LONG = Duration.ofSeconds(20);

  private TestProviders() {}

  /** Offers model {@code m}, without limits. */
  static Provider at(String name, String url) {
    return with(name, url, new Provider.Limits(0, 0, 0), LONG, LONG);
  }

  static Provider with(
      String name, String url, Provider.Limits limits, Duration firstToken, Duration total) {
    return new Provider(
        name,
        url,
        "TEST_KEY",
        List.of("m"),
        limits,
        new Provider.Price(new BigDecimal("2"), new BigDecimal("10")),
        new Provider.Timeouts(Duration.ofSeconds(5), firstToken, total));
  }

  static Providers of(Provider... providers) {
    return new Providers(
        settings(List.of(providers), "error"),
        new MockEnvironment().withProperty("TEST_KEY", "secret"));
  }

  static LlmSettings settings(List<Provider> providers, String policy) {
    return new LlmSettings(
        1,
        providers,
        "",
        policy,
        100,
        new LlmSettings.Waits(Duration.ofMillis(20), Duration.ofSeconds(5), Duration.ofSeconds(30)),
        new LlmSettings.Breaker(50, 2, Duration.ofMinutes(5)),
        new LlmSettings.Simulation(Duration.ofMillis(1)));
  }
}
