/** The command line behind the serai script. */
@NullMarked
package dev.serai.cli;

import org.jspecify.annotations.NullMarked;
