package dev.serai.tasks;

/**
 * What a task's message needs.
 *
 * @param id of the task
 * @param type the routing key
 * @param priority 0 to 10
 */
public record TaskMessage(String id, String type, int priority) {

  /** The body of the message. */
  public String json() {
    return "{\"id\":\"%s\",\"type\":\"%s\"}".formatted(id, type);
  }
}
