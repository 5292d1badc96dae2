package dev.serai.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The headers by which a receiver knows that a message is ours (Standard Webhooks 1.0). */
public final class Signatures {
  private Signatures() {}

  /**
   * Signs one attempt.
   *
   * @param id of the message, the same in each attempt; without {@code .}
   * @param attempt when it is made, not when the event happened
   * @param body exactly the bytes that are sent
   * @param secrets each signs; while a secret is replaced, the new and the old one
   * @return {@code webhook-id}, {@code webhook-timestamp} and {@code webhook-signature}
   * @throws IllegalArgumentException for an id with a {@code .}, which could pretend to be another
   *     message
   */
  public static Map<String, String> headers(
      String id, Instant attempt, byte[] body, List<Secret> secrets) {
    if (id.contains(".")) {
      throw new IllegalArgumentException("the id of a message must not contain \".\": " + id);
    }
    String seconds = String.valueOf(attempt.getEpochSecond());
    byte[] start = (id + "." + seconds + ".").getBytes(UTF_8);
    byte[] content = new byte[start.length + body.length];
    System.arraycopy(start, 0, content, 0, start.length);
    System.arraycopy(body, 0, content, start.length, body.length);
    String signatures =
        secrets.stream().map(secret -> secret.sign(content)).collect(Collectors.joining(" "));
    return Map.of("webhook-id", id, "webhook-timestamp", seconds, "webhook-signature", signatures);
  }
}
