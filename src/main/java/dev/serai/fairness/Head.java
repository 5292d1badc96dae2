package dev.serai.fairness;

/**
 * The task that has waited longest, of those of its tenant and priority.
 *
 * @param own priority that its caller has given it
 * @param priority that counts, with its age
 */
record Head(String id, String tenant, int own, int priority) {}
