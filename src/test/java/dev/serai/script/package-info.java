/** The serai script, which newcomers meet first. */
@NullMarked
package dev.serai.script;

import org.jspecify.annotations.NullMarked;
