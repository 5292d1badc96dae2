/** Carries traces as W3C Trace Context says, in the headers of requests and messages. */
@NullMarked
package dev.serai.tracing;

import org.jspecify.annotations.NullMarked;
