/** Takes what applications publish over HTTP, CloudEvents in all three forms included. */
@NullMarked
package dev.serai.publish;

import org.jspecify.annotations.NullMarked;
