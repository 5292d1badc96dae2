package dev.serai.webhooks;

import java.util.Map;

/**
 * An event that endpoints may want.
 *
 * @param id sent as {@code webhook-id}; letters, digits, {@code _} and {@code -}, at most 80
 * @param digest differs for another event with the same id
 * @param headers that are sent with it, names in lower case
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares events
record Incoming(String id, String digest, String type, Map<String, String> headers, byte[] body) {

  /** The same under an id that its digest is part of, because another event has this one. */
  Incoming renamed() {
    return new Incoming(id + "_" + digest.substring(0, 16), digest, type, headers, body);
  }
}
