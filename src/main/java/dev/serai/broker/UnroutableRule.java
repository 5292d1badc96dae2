package dev.serai.broker;

/** What a message that no queue wants means for an exchange. */
public interface UnroutableRule {

  /**
   * Whether such a message is counted and dropped.
   *
   * @param exchange literal name
   * @return false when it is refused
   */
  boolean dropsUnroutable(String exchange);
}
