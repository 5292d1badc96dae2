/** Drawings of how requests, exchanges, queues, routes and their targets are connected. */
@NullMarked
package dev.serai.drawing;

import org.jspecify.annotations.NullMarked;
