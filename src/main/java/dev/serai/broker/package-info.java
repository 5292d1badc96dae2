/** Connects to RabbitMQ or the embedded broker, and publishes to either with confirms. */
@NullMarked
package dev.serai.broker;

import org.jspecify.annotations.NullMarked;
