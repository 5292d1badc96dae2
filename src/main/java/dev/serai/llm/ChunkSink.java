package dev.serai.llm;

import com.fasterxml.jackson.databind.JsonNode;

/** Gets what models answer while they do. A bean of this type is found by {@link LlmCalls}. */
@FunctionalInterface
public interface ChunkSink {

  /**
   * A piece of a streamed answer.
   *
   * @param task its id
   * @param attempt of the task, from 1
   * @param call to a provider within the attempt, from 1
   * @param sequence within the call, from 1 without a gap
   * @param restarted whether everything before this piece is void; only of the first of a call
   * @param choices as in OpenAI's chunks: a list of {@code index}, {@code delta} and {@code
   *     finish_reason}
   */
  record Chunk(
      String task, long attempt, int call, int sequence, boolean restarted, JsonNode choices) {}

  /**
   * Takes a piece, in the order in which they come, one at a time per task. It should return soon:
   * the next piece waits for it, and so does who wants to interrupt the task.
   *
   * @throws RuntimeException ends the call, which is no failure of the provider
   */
  void take(Chunk chunk);
}
