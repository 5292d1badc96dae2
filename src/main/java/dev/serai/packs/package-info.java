/** Brings the route files of the packs into Camel, and which of their consumers run here. */
@NullMarked
package dev.serai.packs;

import org.jspecify.annotations.NullMarked;
