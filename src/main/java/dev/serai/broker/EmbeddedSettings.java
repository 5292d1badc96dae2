package dev.serai.broker;

import java.time.Duration;

/**
 * How the embedded broker keeps its messages.
 *
 * @param durable on disk; otherwise in memory only, lost with the process
 * @param housekeeping how often expired messages are looked for: the granularity of every wait
 */
record EmbeddedSettings(boolean durable, Duration housekeeping) {}
