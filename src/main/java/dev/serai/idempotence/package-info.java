/** Lets a route do what a message asks for once, however often the message comes. */
@NullMarked
package dev.serai.idempotence;

import org.jspecify.annotations.NullMarked;
