package dev.serai.bloodbank;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who wants events.
 *
 * @param queue that holds those that were not taken yet
 * @param url that they are brought to; null: the subscriber reads the queue itself
 * @param webhook that brings them there
 * @param secret with which they are signed; only in the answer to the request that has made it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Subscription(
    String id,
    String pattern,
    String queue,
    @Nullable String url,
    @Nullable String webhook,
    String created,
    @Nullable String secret) {

  /** A page of them. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Page(List<Subscription> items, @JsonProperty("next") @Nullable String next) {}

  /** The same with the secret. */
  Subscription with(@Nullable String made) {
    return new Subscription(id, pattern, queue, url, webhook, created, made);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "Subscription[" + id + "]";
  }
}
