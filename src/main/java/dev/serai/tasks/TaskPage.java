package dev.serai.tasks;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some tasks, newest first.
 *
 * @param next what to send as {@code after} for the next page; null for the last one
 */
public record TaskPage(
    List<Task> items, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String next) {}
