package dev.serai.publish;

import java.util.Map;

/**
 * One event on its way into a message.
 *
 * @param id becomes the message id
 * @param contentType of the data
 * @param attributes CloudEvents attributes by name, without {@code datacontenttype}; empty for what
 *     is not a CloudEvent
 * @param data as it was sent
 */
public record Event(String id, String contentType, Map<String, Object> attributes, byte[] data) {}
