package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TasksCommandTest extends CommandsFixture {
  private static final String TASK =
      """
      {"id":"t1","type":"llm","state":"failed","priority":7,"tenant":"acme","progress":null,
       "error":{"code":"attempts-used-up","detail":"busy"},"created":"2026-01-01T00:00:00Z",
       "attempts":[{"number":1,"worker":"1@h","outcome":"failed","error":"busy","started":"s","ended":"e"}]}""";

  @Test
  void lists_tasks_and_says_where_the_next_page_begins() {
    answer(200, "{\"items\":[" + TASK + "],\"next\":\"t1\"}");

    int code = call("list", "--state", "failed", "--type", "llm", "--limit", "1", "--after", "t2");

    assertThat(code).isZero();
    assertThat(requests).containsExactly("GET /tasks?state=failed&type=llm&limit=1&after=t2 ");
    assertThat(out.toString())
        .contains(
            """
            ID  TYPE  STATE   PRIORITY  TENANT  ATTEMPTS  CREATED               ERROR
            t1  llm   failed         7  acme           1  2026-01-01T00:00:00Z  busy
            more with --after t1
            """);
  }

  @Test
  void shows_a_task_with_its_attempts() {
    answer(200, TASK);

    int code = call("show", "t1");

    assertThat(code).isZero();
    assertThat(requests).containsExactly("GET /tasks/t1 ");
    assertThat(out.toString())
        .containsPattern("state +failed")
        .containsPattern("progress +-")
        .containsPattern("1  failed   s        e      1@h     busy");
  }

  @Test
  void says_whether_a_cancelled_task_still_runs() {
    answer(202, "{\"id\":\"t1\",\"state\":\"running\"}");

    int code = call("cancel", "t1");

    assertThat(code).isZero();
    assertThat(requests).containsExactly("DELETE /tasks/t1 ");
    assertThat(out.toString()).isEqualTo("its worker has been asked to stop\n");
  }

  @Test
  void a_task_that_is_over_is_said_in_a_line_and_makes_the_exit_code_one() {
    answer(409, "{\"code\":\"task-over\",\"detail\":\"The task is already failed.\"}");

    int code = call("cancel", "t1");

    assertThat(code).isOne();
    assertThat(err.toString()).isEqualTo("serai: task-over: The task is already failed.\n");
  }

  @Test
  void submits_a_task_and_prints_its_id() {
    answer(202, TASK);

    int code = call("submit", "llm", "{\"messages\":[]}", "--priority", "7", "--deadline", "30s");

    assertThat(code).isZero();
    assertThat(requests)
        .containsExactly("POST /tasks/llm?priority=7&deadline=30s {\"messages\":[]}");
    assertThat(out.toString()).isEqualTo("t1\n");
  }

  @Test
  void what_is_no_json_is_not_sent() {
    int code = call("submit", "llm", "{");

    assertThat(code).isOne();
    assertThat(requests).isEmpty();
    assertThat(err.toString()).startsWith("serai: the request is no JSON");
  }

  private int call(String... arguments) {
    List<String> all = new ArrayList<>(List.of("tasks"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--port", "" + port()));
    return execute(all);
  }
}
