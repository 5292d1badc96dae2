/** Questions that several models answer in rounds, and how far each of them is. */
@NullMarked
package dev.serai.debate;

import org.jspecify.annotations.NullMarked;
