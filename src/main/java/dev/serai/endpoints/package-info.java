/** How endpoints of Serai's own are named in route files. */
@NullMarked
package dev.serai.endpoints;

import org.jspecify.annotations.NullMarked;
