package dev.serai.webhooks;

import java.util.Map;

/**
 * A delivery that this process may make until its lease ends.
 *
 * @param messageId sent as {@code webhook-id}
 * @param tries of its schedule that have failed
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares deliveries
record Held(
    String endpointId,
    String messageId,
    int tries,
    Map<String, String> headers,
    byte[] body,
    Lease lease) {}
