package dev.serai.hub;

/**
 * How a client wants to be written to.
 *
 * @param pad bytes that each write has at least, for proxies that wait for many; 0 as a rule
 * @param eventSource whether it skips an event without data, and keeps its id, as browsers do
 */
public record Manner(int pad, boolean eventSource) {
  /** Without anything of its own. */
  public static final Manner PLAIN = new Manner(0, false);
}
