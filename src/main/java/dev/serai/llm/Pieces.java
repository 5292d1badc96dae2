package dev.serai.llm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.tasks.Claim;
import java.util.List;

/** Numbers the pieces of one streamed answer. One thread at a time. */
final class Pieces {
  private final Claim task;
  private final LlmWork work;
  private final List<ChunkSink> sinks;
  private int sequence;

  Pieces(Claim task, LlmWork work, List<ChunkSink> sinks) {
    this.task = task;
    this.work = work;
    this.sinks = sinks;
  }

  void take(JsonNode choices) {
    if (!work.request().path("stream").asBoolean()) {
      return;
    }
    sequence++;
    boolean earlier = task.token() > 1 || work.restarted();
    boolean restarted = sequence == 1 && work.partial().isEmpty() && earlier;
    ChunkSink.Chunk chunk =
        new ChunkSink.Chunk(
            task.id(), task.token(), work.calls() + 1, sequence, restarted, choices.deepCopy());
    sinks.forEach(sink -> sink.take(chunk));
  }
}
