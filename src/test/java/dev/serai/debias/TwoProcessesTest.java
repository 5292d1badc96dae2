package dev.serai.debias;

import dev.serai.store.TestStore;
import dev.serai.support.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The profiles in Qdrant when two processes that share a PostgreSQL update them: everything is
 * stored by both in turn.
 */
class TwoProcessesTest extends ProfileContract {
  private final QdrantProfiles profiles = new QdrantProfiles(SETTINGS);
  private final AtomicInteger next = new AtomicInteger();
  private final List<QdrantWorker> processes = new ArrayList<>();
  private QdrantServer qdrant;

  @BeforeEach
  void start(@TempDir Path data) throws Exception {
    qdrant = new QdrantServer();
    String database = TestPostgres.emptyDatabase();
    for (String process : List.of("one", "other")) {
      TestStore store = TestStore.open(data.resolve(process), database);
      processes.add(new QdrantWorker("127.0.0.1", qdrant.port(), profiles, store));
    }
  }

  @AfterEach
  void stop() {
    processes.forEach(QdrantWorker::close);
    qdrant.close();
  }

  @Override
  void store(List<UserEvent> events) throws Exception {
    processes.get(next.getAndIncrement() % processes.size()).store(events);
  }

  @Override
  Optional<Profile> find(long userId) throws Exception {
    return processes.get(0).find(userId);
  }
}
