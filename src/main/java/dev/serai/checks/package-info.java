/**
 * Finds what is wrong in route files before they run, each mistake with its place and its remedy.
 */
@NullMarked
package dev.serai.checks;

import org.jspecify.annotations.NullMarked;
