/** What a person on call sees: health, metrics and the operator port. */
@NullMarked
package dev.serai.console;

import org.jspecify.annotations.NullMarked;
