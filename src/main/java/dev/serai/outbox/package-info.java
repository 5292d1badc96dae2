/** Events that wait in the state's database until the broker has them. */
@NullMarked
package dev.serai.outbox;

import org.jspecify.annotations.NullMarked;
