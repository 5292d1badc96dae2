/** What happens to a message that failed: counted, retried after a wait, parked, replayed. */
@NullMarked
package dev.serai.delivery;

import org.jspecify.annotations.NullMarked;
