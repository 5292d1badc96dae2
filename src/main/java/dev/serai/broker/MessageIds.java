package dev.serai.broker;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;

/** Ids for messages that came without one: UUIDv7, so that they sort by the time they were made. */
public final class MessageIds {
  private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();

  private MessageIds() {}

  /** An id that no other message has. Thread-safe. */
  public static String next() {
    return IDS.generate().toString();
  }
}
