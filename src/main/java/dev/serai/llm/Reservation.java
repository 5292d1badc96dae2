package dev.serai.llm;

/**
 * What a call may use of its provider's budget.
 *
 * @param id of the entry in the store
 * @param tokens as many as the question and its answer are likely to have at most
 */
public record Reservation(String id, String provider, long tokens) {}
