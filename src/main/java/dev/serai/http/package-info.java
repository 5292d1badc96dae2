/** The data port: serves the rest blocks of routes without holding a thread per request. */
@NullMarked
package dev.serai.http;

import org.jspecify.annotations.NullMarked;
