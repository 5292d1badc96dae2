package dev.serai.debate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.store.TestStore;
import dev.serai.tasks.Claim;
import dev.serai.tasks.StoredTasks;
import dev.serai.tasks.Submission;
import org.jspecify.annotations.Nullable;

/** One debate of three in two rounds, in the store, and the tasks around it. */
final class StoredDebate implements AutoCloseable {
  static final String ID = "d1";
  static final Claim TASK =
      new Claim(
          ID,
          "debate",
          1,
          0,
          "",
          null,
          json(
              """
              {"question":"Tea?","rounds":2,"round_timeout":"1h","participants":[{"name":"Ann"},{"name":"Ben"},{}]}"""),
          null,
          false);

  private final TestStore store;
  private final DebateAnswers answers;
  private final Debates debates;
  private final StoredTasks tasks;

  /** Its task is in work; the debate has not begun. */
  StoredDebate(TestStore store) {
    this.store = store;
    answers = new DebateAnswers(store.jdbc());
    tasks = new StoredTasks(store);
    debates = new Debates(store.jdbc(), store.transactions(), answers, tasks.resting());
    task(ID, "debate", "running", null);
  }

  DebateAnswers answers() {
    return answers;
  }

  Debates debates() {
    return debates;
  }

  Debate open() {
    return debates.open(TASK, 2);
  }

  Debate advance(Debate from) {
    return debates.advance(TASK, from, "10m");
  }

  /** In its first round. */
  Debate begun() {
    return advance(open());
  }

  /** The three have the questions q1, q2 and q3, which are in these states. */
  void asked(String... states) {
    Debate debate = begun();
    for (int i = 1; i <= states.length; i++) {
      task("q" + i, "llm", states[i - 1], states[i - 1].equals("succeeded") ? result("x") : null);
      ask(debate, i, "q" + i);
    }
  }

  void ask(Debate debate, int participant, String task) {
    answers.asked(
        TASK, debate, debate.participants().get(participant - 1), new Submission("new", task));
  }

  static String result(String text) {
    return """
        {"model":"m","choices":[{"message":{"content":"%s"}}],"usage":{"prompt_tokens":7,"completion_tokens":3},"serai":{"provider":"p","cost":0.5}}"""
        .formatted(text);
  }

  void end(String id, String state, @Nullable String result) {
    store
        .jdbc()
        .sql("UPDATE task SET state = ?, result = ? WHERE id = ?")
        .param(state)
        .param(result)
        .param(id)
        .update();
  }

  void task(String id, String type, String state, @Nullable String result) {
    store
        .jdbc()
        .sql(
            "INSERT INTO task (id, type, state, priority, tenant, request, request_hash, result,"
                + " token, lease_until, cancel_asked, confirmed, announced, replays, created_at,"
                + " published_at) VALUES (?, ?, ?, 0, '', '{}', '', ?, 1,"
                + " CURRENT_TIMESTAMP + INTERVAL '1' HOUR, FALSE, TRUE, FALSE, 0,"
                + " CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)")
        .param(id)
        .param(type)
        .param(state)
        .param(result)
        .update();
  }

  void rest() {
    change("UPDATE task SET lease_until = NULL WHERE id = 'd1'");
  }

  void change(String sql) {
    store.jdbc().sql(sql).update();
  }

  /** How far callers see it. */
  @Nullable String progress() {
    return store
        .jdbc()
        .sql("SELECT progress FROM task WHERE id = 'd1'")
        .query(String.class)
        .optional()
        .orElse(null);
  }

  long count(String table) {
    return store.jdbc().sql("SELECT COUNT(*) FROM " + table).query(Long.class).single();
  }

  @Override
  public void close() {
    tasks.close();
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
