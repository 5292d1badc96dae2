package dev.serai.tasks;

/** What becomes of a lease that is to be renewed. */
enum Renewal {
  /** The worker may go on. */
  RENEWED,
  /** Nothing now: somebody else changes the task. */
  IN_USE,
  /** Nobody wants the task any more. */
  CANCELLED,
  /** The deadline of the task has passed. */
  EXPIRED,
  /** It is another worker's, or over, or rests. */
  LOST
}
