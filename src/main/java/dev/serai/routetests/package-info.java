/** Runs the YAML tests beside route files: real routes, with stubs for all that is outside. */
@NullMarked
package dev.serai.routetests;

import org.jspecify.annotations.NullMarked;
