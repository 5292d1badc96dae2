package dev.serai.debias;

import dev.serai.store.TestStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The profiles in SQL, on whichever database. */
abstract class SqlProfilesContract extends ProfileContract {
  private TestStore store;
  private SqlProfiles profiles;

  abstract TestStore open(Path data);

  @BeforeEach
  void open_the_database(@TempDir Path data) {
    store = open(data);
    profiles = new SqlProfiles(store.batches(), store.jdbc(), store.transactions(), SETTINGS);
  }

  @AfterEach
  void close_the_database() {
    store.close();
  }

  @Override
  void store(List<UserEvent> events) {
    profiles.store(events);
  }

  @Override
  Optional<Profile> find(long userId) {
    return profiles.find(userId);
  }
}
