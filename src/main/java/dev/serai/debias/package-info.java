/** Where pack {@code debias} keeps its events: a graph of interactions, and a profile per user. */
@NullMarked
package dev.serai.debias;

import org.jspecify.annotations.NullMarked;
