package dev.serai.tasks;

/** Why a worker has to stop before its task is done. */
public enum Stop {
  /** Somebody has cancelled the task. */
  CANCELLED,
  /** Its deadline has passed. */
  EXPIRED,
  /** Another worker may have it: the lease was not renewed in time. */
  LOST
}
