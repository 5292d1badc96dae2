/** Work that applications hand in: kept in the store, done by workers, known by its state. */
@NullMarked
package dev.serai.tasks;

import org.jspecify.annotations.NullMarked;
