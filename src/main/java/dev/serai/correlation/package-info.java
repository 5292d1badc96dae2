/** Remembers which event led to which and what happened to each, and answers the whole chain. */
@NullMarked
package dev.serai.correlation;

import org.jspecify.annotations.NullMarked;
