/** Order per key: messages of one key one after the other, those of others beside them. */
@NullMarked
package dev.serai.ordering;

import org.jspecify.annotations.NullMarked;
