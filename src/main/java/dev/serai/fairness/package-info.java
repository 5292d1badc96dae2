/** The line in which tasks wait in the store, and whose turn it is. */
@NullMarked
package dev.serai.fairness;

import org.jspecify.annotations.NullMarked;
