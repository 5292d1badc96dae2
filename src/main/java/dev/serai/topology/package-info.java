/** Reads each pack's topology.yaml, checks it and keeps it declared on the broker. */
@NullMarked
package dev.serai.topology;

import org.jspecify.annotations.NullMarked;
