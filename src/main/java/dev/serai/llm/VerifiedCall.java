package dev.serai.llm;

/**
 * What came of asking a provider to see whether it answers.
 *
 * @param latency until its end, in milliseconds
 */
public record VerifiedCall(LlmCall call, long latency) {}
