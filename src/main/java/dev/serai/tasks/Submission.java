package dev.serai.tasks;

/**
 * What became of a submitted task.
 *
 * @param outcome {@code new}; {@code same} when the idempotency key is that of this task; {@code
 *     unfinished} when that task is still being submitted; {@code different} when it was another
 *     request; {@code full} when too many tasks wait already
 * @param id of the task
 */
public record Submission(String outcome, String id) {}
