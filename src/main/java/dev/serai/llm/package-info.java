/** Asks models of providers: within their budgets, one after the other when they fail. */
@NullMarked
package dev.serai.llm;

import org.jspecify.annotations.NullMarked;
