package dev.serai.egress;

import java.time.Duration;
import java.util.Map;

/**
 * What a receiver answered.
 *
 * @param headers names in lower case; several values of one name are joined with {@code ", "}
 * @param body at most its first 4,096 bytes
 * @param took from the call to the end of the answer, the look-up of the name included
 * @param address that was connected to
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares answers
public record EgressAnswer(
    int status, Map<String, String> headers, byte[] body, Duration took, String address) {}
