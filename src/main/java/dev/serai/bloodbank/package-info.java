/** What pack bloodbank needs beside its routes: envelopes, their history, and subscriptions. */
@NullMarked
package dev.serai.bloodbank;

import org.jspecify.annotations.NullMarked;
