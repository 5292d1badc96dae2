/** Finds the packs: their route files, their values, and which of their consumers run here. */
@NullMarked
package dev.serai.packs;

import org.jspecify.annotations.NullMarked;
