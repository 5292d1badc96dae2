/** The Mercure protocol on the hub, in the dialects 0.x and 1.0. */
@NullMarked
package dev.serai.mercure;

import org.jspecify.annotations.NullMarked;
