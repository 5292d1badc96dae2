package dev.serai.llm;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who offers models over OpenAI's API.
 *
 * @param baseUrl without {@code /chat/completions}
 * @param keyVariable environment variable with the key; empty: none is sent
 * @param models that it offers
 */
record Provider(
    @DefaultValue("") String name,
    @DefaultValue("") String baseUrl,
    @DefaultValue("") String keyVariable,
    @DefaultValue List<String> models,
    @DefaultValue Limits limits,
    @DefaultValue Price price,
    @DefaultValue Timeouts timeouts) {

  /**
   * What all processes together may ask of it; 0 is no limit.
   *
   * @param requestsPerMinute in any 60 seconds
   * @param tokensPerMinute of questions and answers, in any 60 seconds
   * @param concurrency requests at once
   */
  record Limits(
      @DefaultValue("0") long requestsPerMinute,
      @DefaultValue("0") long tokensPerMinute,
      @DefaultValue("0") long concurrency) {}

  /** Of a million tokens, in whatever currency. */
  record Price(@DefaultValue("0") BigDecimal input, @DefaultValue("0") BigDecimal output) {}

  /**
   * Longest waits.
   *
   * @param firstToken from the request to the first piece of a streamed answer
   * @param total from the request to the end of the answer
   */
  record Timeouts(
      @DefaultValue("10s") Duration connect,
      @DefaultValue("60s") Duration firstToken,
      @DefaultValue("10m") Duration total) {}
}
