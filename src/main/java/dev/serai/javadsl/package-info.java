/** Compiles route files in Camel's Java DSL, and says what is in them. */
@NullMarked
package dev.serai.javadsl;

import org.jspecify.annotations.NullMarked;
