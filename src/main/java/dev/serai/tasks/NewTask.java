package dev.serai.tasks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks for, besides the request itself.
 *
 * @param type of the task
 * @param priority 0 to 10
 * @param tenant empty when the caller names none
 * @param callbackUrl an http(s) address to tell the end to
 * @param deadline after which nobody wants the result
 * @param deadlineText the same as it was written: a duration means another time each time
 * @param idempotencyKey the caller's name for this request, by which a repeated one is known
 * @param virtualKey the id of Conduit's virtual key on whose account models are asked
 */
public record NewTask(
    String type,
    int priority,
    String tenant,
    @Nullable String callbackUrl,
    @Nullable Instant deadline,
    @Nullable String deadlineText,
    @Nullable String idempotencyKey,
    @Nullable String virtualKey) {

  private static final String OWN = "§";

  /** The file of the JSON Schema for the request, below the folder of the routes. */
  public String schema() {
    return "helixagent/" + type + ".schema.json";
  }

  /**
   * An idempotency key of Serai's own, which no caller can send: headers are printable ASCII.
   *
   * @param name distinct among all that Serai submits for one tenant
   */
  public static String ownKey(String name) {
    return OWN + name;
  }

  /** Whether Serai has submitted it, as part of a task that it has taken already. */
  boolean isOwn() {
    return idempotencyKey != null && idempotencyKey.startsWith(OWN);
  }

  /** Without the virtual key, which is nobody else's affair. */
  @Override
  public String toString() {
    return "NewTask[%s, priority %d, tenant %s]".formatted(type, priority, tenant);
  }
}
