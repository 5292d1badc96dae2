package dev.serai.packs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
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
    Map<String, String> settings = new HashMap<>(broker());
    settings.put("serai.reload.drain", "1s");
    edited = new EditedSerai(folder, settings);
  }

  @AfterEach
  void stop() {
    edited.close();
  }
}
