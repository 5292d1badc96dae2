package dev.serai.broker;

/**
 * Something has happened to a message that was not sent by {@link Publisher}; an event of Spring.
 *
 * @param message with the headers that say what
 */
public record Traced(OutgoingMessage message) {}
