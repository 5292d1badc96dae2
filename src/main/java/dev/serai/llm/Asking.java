package dev.serai.llm;

/** Asks a provider. */
@FunctionalInterface
interface Asking {

  /** Begins to ask; returns at once. What comes of it is told to the question, on other threads. */
  void ask(Provider provider, Question question);
}
