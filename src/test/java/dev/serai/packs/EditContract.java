package dev.serai.packs;

import java.io.IOException;
import java.nio.file.Files;
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
  static final String WORDS = "routes/swap/listen.camel.yaml";
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

  /** In the place of a route that names the queue itself. */
  final void takeWordsByKamelet() throws IOException {
    Files.delete(edited.file(TAKE));
    edited.write(
        "routes/swap/words.kamelet.yaml",
        """
        apiVersion: camel.apache.org/v1
        kind: Kamelet
        metadata:
          name: swap-words
        spec:
          definition:
            title: Words
            description: Takes the words of the queue.
          template:
            from:
              uri: spring-rabbitmq:default
              parameters: {queues: $swap.work}
              steps:
                - to: kamelet:sink
        """);
    edited.write(
        WORDS,
        """
        - route:
            id: swap-listen
            description: Hands each word on.
            routeConfigurationId: retry-then-park
            from:
              uri: kamelet:swap-words
              steps:
                - removeHeaders: {pattern: Camel*}
                - to: direct:swap-count
        """);
  }
}
