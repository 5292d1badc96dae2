package dev.serai.tasks;

import org.jspecify.annotations.Nullable;

/**
 * Which tasks to list.
 *
 * @param state null for any
 * @param type null for any
 * @param limit most tasks of a page, from 1
 * @param after id of the last task of the page before; null for the first page
 */
public record TaskQuery(
    @Nullable String state, @Nullable String type, int limit, @Nullable String after) {}
