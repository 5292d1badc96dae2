package dev.serai.ordering;

import org.springframework.stereotype.Component;

/**
 * What queues with partitions keep outside of the broker.
 *
 * @param holds keys that are held back
 * @param bodies of messages that wait
 */
@Component
record OrderedState(Holds holds, Bodies bodies) {}
