package dev.serai.llm;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Starts a provider that can be verified for each test. */
@SuppressWarnings("NullAway.Init") // opened before each test
abstract class VerifiedFixture {
  VerifiedServer provider;

  @BeforeEach
  void open(@TempDir Path data) {
    provider = new VerifiedServer(data);
  }

  @AfterEach
  void close() {
    provider.close();
  }
}
