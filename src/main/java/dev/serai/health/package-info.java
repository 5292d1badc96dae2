/** Whether this process can do its work: each part that needs something outside adds a check. */
@NullMarked
package dev.serai.health;

import org.jspecify.annotations.NullMarked;
