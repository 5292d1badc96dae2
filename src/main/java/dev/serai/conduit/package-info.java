/** What the routes of pack conduit need: virtual keys, providers, caches and images of Conduit. */
@NullMarked
package dev.serai.conduit;

import org.jspecify.annotations.NullMarked;
