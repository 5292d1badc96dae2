package dev.serai.hub;

/** Hears of one connection of a client, on the loop of that connection; must return soon. */
public interface Visit {
  /** Nobody wants to hear. */
  Visit UNNOTED =
      new Visit() {
        @Override
        public void begins() {}

        @Override
        public void ends() {}
      };

  /** The client is told updates from now on. */
  void begins();

  /** The client has gone, or was sent away. */
  void ends();
}
