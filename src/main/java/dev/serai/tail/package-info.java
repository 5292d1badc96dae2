/** Live tail: shows an operator what is published, without taking a message from anybody. */
@NullMarked
package dev.serai.tail;

import org.jspecify.annotations.NullMarked;
