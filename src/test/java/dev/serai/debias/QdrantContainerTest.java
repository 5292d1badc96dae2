package dev.serai.debias;

import static dev.serai.debias.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.store.TestStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** The profiles in Qdrant itself; part of the tests where Docker is, see the pom. */
class QdrantContainerTest extends ProfileContract {
  private static final DockerImageName IMAGE = DockerImageName.parse("qdrant/qdrant:v1.13.6");
  private static final int GRPC = 6334;

  private final GenericContainer<?> qdrant = new GenericContainer<>(IMAGE).withExposedPorts(GRPC);
  private QdrantWorker worker;

  @BeforeEach
  void start(@TempDir Path data) throws Exception {
    qdrant.start();
    QdrantProfiles profiles = new QdrantProfiles(SETTINGS);
    int port = qdrant.getMappedPort(GRPC);
    worker = new QdrantWorker(qdrant.getHost(), port, profiles, TestStore.onH2(data));
  }

  @AfterEach
  void stop() {
    worker.close();
    qdrant.stop();
  }

  @Test
  void an_unknown_user_has_no_profile_before_the_collection_is_there() throws Exception {
    assertThat(find(7)).isEmpty();

    store(List.of(event(1, 7, 100, "view")));

    assertThat(find(7)).isPresent();
  }

  @Override
  void store(List<UserEvent> events) throws Exception {
    worker.store(events);
  }

  @Override
  Optional<Profile> find(long userId) throws Exception {
    return worker.find(userId);
  }
}
