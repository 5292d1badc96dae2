package dev.serai.topology;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says what a person can do when the broker has a queue or exchange with other arguments (reply
 * code 406).
 */
final class ConflictText {
  private static final Pattern INEQUIVALENT =
      Pattern.compile(
          "PRECONDITION_FAILED - inequivalent arg '([^']+)' for (queue|exchange) '([^']+)' in vhost '[^']*':"
              + " received (.+) but current is (.+)");

  private static final Pattern UNKNOWN_TYPE =
      Pattern.compile("(unknown exchange|invalid) type '" + PartitionParts.CONSISTENT_HASH + "'");

  private ConflictText() {}

  /**
   * Turns the broker's text into an error with a remedy.
   *
   * @param name of what was declared
   * @param reply text of the broker's channel.close
   */
  static String explain(String name, String reply) {
    if (reply.startsWith("RESOURCE_LOCKED")) {
      return "topology-conflict: the broker still holds %s for a connection that is gone; it is declared again every second"
          .formatted(name);
    }
    if (UNKNOWN_TYPE.matcher(reply).find()) {
      return lacking(name, PartitionParts.CONSISTENT_HASH);
    }
    Matcher matcher = INEQUIVALENT.matcher(reply);
    if (!matcher.matches()) {
      return "topology-conflict: %s was refused by the broker: %s".formatted(name, reply);
    }
    return ("topology-conflict: %s \"%s\" exists with another %s: topology.yaml says %s, the broker has %s;"
            + " write the broker's value into topology.yaml, or delete the %s once it is empty and restart")
        .formatted(
            matcher.group(2),
            matcher.group(3),
            matcher.group(1),
            value(matcher.group(4)),
            value(matcher.group(5)),
            matcher.group(2));
  }

  /** Says that the broker has no exchanges of a type. */
  static String lacking(String name, String type) {
    return ("no-hash-exchange: exchange \"%s\": the broker has no exchanges of type %s; enable its plug-in"
            + " (rabbitmq-plugins enable rabbitmq_consistent_hash_exchange) and restart Serai, or leave"
            + " exchange: rabbitmq-hash out, as with the embedded broker, which has none")
        .formatted(name, type);
  }

  /** From {@code the value '100' of type 'signedint'} to {@code 100}. */
  private static String value(String text) {
    Matcher quoted = Pattern.compile(".*?'([^']*)'.*").matcher(text);
    return text.startsWith("none") || !quoted.matches() ? text : quoted.group(1);
  }
}
