/**
 * Calls to addresses that somebody else chose: only to where a stranger may send us, and bounded.
 */
@NullMarked
package dev.serai.egress;

import org.jspecify.annotations.NullMarked;
