/** The state that outlives the process: H2 in a file, or PostgreSQL. */
@NullMarked
package dev.serai.store;

import org.jspecify.annotations.NullMarked;
