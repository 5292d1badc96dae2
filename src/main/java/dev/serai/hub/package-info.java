/**
 * Topics that clients follow over server-sent events or WebSocket: their history, and who listens.
 */
@NullMarked
package dev.serai.hub;

import org.jspecify.annotations.NullMarked;
