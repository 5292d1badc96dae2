package dev.serai.llm;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code helixagent.llm.*}; each key is explained in {@code config/helixagent.yaml}.
 *
 * @param workers tasks that this process works on at once
 * @param providers in the order in which they are asked
 * @param defaultModel of requests that name none; empty: the first one of the first provider
 * @param afterFirstToken {@code error}, {@code restart} or {@code continue}
 * @param expectedTokens of the answer to a request that sets no limit
 */
@ConfigurationProperties("helixagent.llm")
record LlmSettings(
    @DefaultValue("4") int workers,
    @DefaultValue List<Provider> providers,
    @DefaultValue("") String defaultModel,
    @DefaultValue("error") String afterFirstToken,
    @DefaultValue("1000") int expectedTokens,
    @DefaultValue Waits waits,
    @DefaultValue Breaker breaker,
    @DefaultValue Simulation simulated) {

  /**
   * Times that no provider sets.
   *
   * @param pause between two looks for a free budget
   * @param busy for which a provider is left alone that is busy and does not say for how long
   * @param lease for which the requests of a process that has died count as running
   */
  record Waits(
      @DefaultValue("250ms") Duration pause,
      @DefaultValue("5s") Duration busy,
      @DefaultValue("30s") Duration lease) {}

  /**
   * When a provider is left alone.
   *
   * @param failures share of the latest calls that failed, in percent
   * @param calls that are looked at
   * @param pause until one is tried again
   */
  record Breaker(
      @DefaultValue("50") int failures,
      @DefaultValue("10") int calls,
      @DefaultValue("30s") Duration pause) {}

  /**
   * The built-in provider.
   *
   * @param delay before each word
   */
  record Simulation(@DefaultValue("20ms") Duration delay) {}
}
