package dev.serai.llm;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Finds what cannot be in {@code helixagent.llm.*}, all of it at once. */
final class SettingsCheck {
  private static final String PREFIX = "helixagent.llm.";
  private static final Duration DAY = Duration.ofDays(1);

  private final List<String> problems = new ArrayList<>();
  private final LlmSettings settings;
  private final Predicate<String> isSet;

  private SettingsCheck(LlmSettings settings, Predicate<String> isSet) {
    this.settings = settings;
    this.isSet = isSet;
  }

  /**
   * Looks at all of them.
   *
   * @param isSet whether an environment variable has a value
   * @return {@code bad-value} with the key, what it is and what to write; empty when all is well
   */
  static List<String> problems(LlmSettings settings, Predicate<String> isSet) {
    SettingsCheck check = new SettingsCheck(settings, isSet);
    check.general();
    check.providers();
    return check.problems;
  }

  private void general() {
    String policy = settings.afterFirstToken();
    if (!List.of("error", "restart", "continue").contains(policy)) {
      add("after-first-token", policy, "error, restart or continue");
    }
    number("workers", settings.workers(), 1, 100);
    number("expected-tokens", settings.expectedTokens(), 1, 10_000_000);
    time("waits.pause", settings.waits().pause(), Duration.ofMillis(10), Duration.ofMinutes(1));
    time("waits.busy", settings.waits().busy(), Duration.ofMillis(1), DAY);
    time("waits.lease", settings.waits().lease(), Duration.ofMillis(500), DAY);
    number("breaker.failures", settings.breaker().failures(), 1, 100);
    number("breaker.calls", settings.breaker().calls(), 1, 10_000);
    time("breaker.pause", settings.breaker().pause(), Duration.ofMillis(1), DAY);
    time("simulated.delay", settings.simulated().delay(), Duration.ZERO, Duration.ofMinutes(1));
    String model = settings.defaultModel();
    if (!model.isEmpty()
        && !model.equals(Simulated.NAME)
        && settings.providers().stream().noneMatch(p -> p.models().contains(model))) {
      add("default-model", model, "a model of one of the providers, or nothing");
    }
  }

  private void providers() {
    Set<String> names = new HashSet<>(Set.of(Simulated.NAME));
    for (int i = 0; i < settings.providers().size(); i++) {
      Provider provider = settings.providers().get(i);
      String key = "providers[" + i + "].";
      if (!provider.name().matches("[A-Za-z0-9][\\w.-]{0,99}")) {
        add(key + "name", provider.name(), "1 to 100 letters, digits, dots, - and _");
      } else if (!names.add(provider.name())) {
        add(key + "name", provider.name(), "a name that no other provider has");
      }
      if (!isAddress(provider.baseUrl())) {
        // Not quoted: it may hold a password.
        problems.add(
            "bad-value: %s%sbase-url cannot be; write an address such as https://api.example.com/v1"
                .formatted(PREFIX, key));
      }
      if (provider.models().isEmpty() || provider.models().stream().anyMatch(String::isBlank)) {
        add(key + "models", String.join(",", provider.models()), "the names of its models");
      }
      String variable = provider.keyVariable();
      if (!variable.isEmpty() && !isSet.test(variable)) {
        add(key + "key-variable", variable, "the name of an environment variable that is set");
      }
      limits(key, provider);
    }
  }

  private void limits(String key, Provider provider) {
    long most = 1_000_000_000_000L;
    number(key + "limits.requests-per-minute", provider.limits().requestsPerMinute(), 0, most);
    number(key + "limits.tokens-per-minute", provider.limits().tokensPerMinute(), 0, most);
    number(key + "limits.concurrency", provider.limits().concurrency(), 0, most);
    if (provider.price().input().signum() < 0 || provider.price().output().signum() < 0) {
      add(
          key + "price",
          provider.price().input() + ", " + provider.price().output(),
          "prices of a million tokens, 0 or more");
    }
    Duration least = Duration.ofMillis(1);
    time(key + "timeouts.connect", provider.timeouts().connect(), least, DAY);
    time(key + "timeouts.first-token", provider.timeouts().firstToken(), least, DAY);
    time(key + "timeouts.total", provider.timeouts().total(), least, DAY);
  }

  private static boolean isAddress(String text) {
    try {
      URI uri = URI.create(text);
      return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void number(String key, long value, long least, long most) {
    if (value < least || value > most) {
      add(key, String.valueOf(value), "a whole number from " + least + " to " + most);
    }
  }

  private void time(String key, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      add(
          key,
          value.toMillis() + "ms",
          "a time from " + least.toMillis() + "ms to " + most.toSeconds() + "s");
    }
  }

  private void add(String key, String value, String remedy) {
    problems.add("bad-value: %s%s is \"%s\"; write %s".formatted(PREFIX, key, value, remedy));
  }
}
