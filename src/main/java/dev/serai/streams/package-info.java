/** Answers that go on while something happens: events that a server sends. */
@NullMarked
package dev.serai.streams;

import org.jspecify.annotations.NullMarked;
