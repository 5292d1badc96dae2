package dev.serai.tasks;

import dev.serai.store.TestStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Opens a store of tasks for each test. */
@SuppressWarnings("NullAway.Init") // opened before each test
abstract class StoredTasksContract {
  StoredTasks stored;

  abstract TestStore open(Path data);

  @BeforeEach
  void open_the_database(@TempDir Path data) {
    stored = new StoredTasks(open(data));
  }

  @AfterEach
  void close_the_database() {
    stored.close();
  }

  /** A task of type {@code background}; its id. */
  String submit() {
    return submit("background");
  }

  String submit(String type) {
    NewTask task = new NewTask(type, 0, "", null, null, null, null, null);
    return stored.submissions().submit(task, StoredTasks.REQUEST).id();
  }

  Claim begin(String id) {
    return stored.tasks().begin(id, 0).orElseThrow();
  }

  /** Sets a time of a task long ago. */
  void past(String column, String id) {
    stored
        .store()
        .jdbc()
        .sql("UPDATE task SET " + column + " = TIMESTAMP '2020-01-01 00:00:00' WHERE id = ?")
        .param(id)
        .update();
  }
}
