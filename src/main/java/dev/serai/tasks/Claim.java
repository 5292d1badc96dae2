package dev.serai.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The right to do a task, until its worker has said how it ended or was not heard of for a lease.
 *
 * @param id of the task
 * @param token that makes it this worker's; also the number of the attempt, from 1
 * @param tenant empty when the caller named none
 * @param deadline after which nobody wants the result
 * @param request what to do, as it passed the schema of its type
 * @param virtualKey the id of Conduit's virtual key on whose account models are asked
 * @param lined whether it was called from a line, see {@link LinedTasks}
 */
public record Claim(
    String id,
    String type,
    long token,
    int priority,
    String tenant,
    @Nullable Instant deadline,
    JsonNode request,
    @Nullable String virtualKey,
    boolean lined) {

  /** Whether it costs money to stop the work and begin again. */
  boolean isPaid() {
    return type.equals("llm");
  }

  /** Without the request, which may be long or private. */
  @Override
  public String toString() {
    return "Claim[%s %s, token %d]".formatted(type, id, token);
  }
}
