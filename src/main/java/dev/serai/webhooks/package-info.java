/** Sends events to addresses that applications have registered, signed as Standard Webhooks say. */
@NullMarked
package dev.serai.webhooks;

import org.jspecify.annotations.NullMarked;
