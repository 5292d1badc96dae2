package dev.serai.packs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of edits, each with a Serai of its own. */
@SuppressWarnings("NullAway.Init") // started before each test
abstract class EditContract {
  static final String TAKE = "routes/swap/take.camel.yaml";
  static final String COUNT = "routes/swap/count.camel.yaml";
  static final String PING = "routes/swap/ping.camel.yaml";

  EditedSerai edited;

  abstract Map<String, String> broker();

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    edited = new EditedSerai(folder, broker());
  }

  @AfterEach
  void stop() {
    edited.close();
  }
}
