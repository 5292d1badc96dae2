package dev.serai.packs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Changed files are found without being asked for. */
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("NullAway.Init") // started before each test
class ReloadLoopIT {
  private static final String PING = "routes/swap/ping.camel.yaml";

  private EditedSerai edited;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    edited =
        new EditedSerai(
            folder,
            Map.of(
                "serai.broker.mode", "embedded",
                "serai.broker.embedded.durable", "false",
                "serai.reload.interval", "50ms"));
  }

  @AfterEach
  void stop() {
    edited.close();
  }

  private String ping() throws Exception {
    return edited.serai().post("/swap/ping", "{}").body();
  }

  @Test
  void an_edit_is_taken_and_a_refused_one_is_said_once_it_is_mended() throws Exception {
    edited.edit(PING, text -> text.replace("first", "second"));
    await().until(() -> ping().equals("second"));

    edited.edit(PING, text -> text.replace("answer-with-problem", "answer-with-prolbem"));
    await().until(() -> edited.status(PING).path("state").asText().equals("KEPT"));
    assertThat(edited.status(PING).at("/refusal/problems/0/name").asText())
        .isEqualTo("unknown-policy");
    assertThat(edited.serai().get("/health/ready").body())
        .contains("Runs as it was before: " + edited.file(PING));

    edited.edit(PING, t -> t.replace("answer-with-prolbem", "answer-with-problem") + "# mended\n");
    await().until(() -> edited.status(PING).path("state").asText().equals("LIVE"));
    assertThat(edited.status(PING).path("refusal").isNull()).isTrue();
    assertThat(ping()).isEqualTo("second");
  }

  @Test
  void a_file_that_is_still_being_written_does_no_harm() throws Exception {
    String text = Files.readString(edited.file(PING)).replace("first", "second");
    int half = text.length() / 2;
    try (OutputStream slow = Files.newOutputStream(edited.file(PING))) {
      slow.write(text.substring(0, half).getBytes(StandardCharsets.UTF_8));
      slow.flush();
      await().until(() -> edited.status(PING).path("state").asText().equals("KEPT"));
      assertThat(ping()).isEqualTo("first");
      slow.write(text.substring(half).getBytes(StandardCharsets.UTF_8));
    }
    await().until(() -> ping().equals("second"));
  }

  @Test
  void a_folder_that_is_swapped_by_a_link_is_taken_as_a_whole() throws Exception {
    Path pack = edited.file("routes/swap");
    Path versions = edited.file("routes/.versions");
    Files.createDirectories(versions);
    Files.move(pack, versions.resolve("one"));
    Files.createSymbolicLink(pack, versions.resolve("one"));
    copy(versions.resolve("one"), versions.resolve("two"));
    Path ping = versions.resolve("two/ping.camel.yaml");
    Files.writeString(ping, Files.readString(ping).replace("first", "second"));

    Path next = Files.createSymbolicLink(edited.file("routes/.next"), versions.resolve("two"));
    Files.move(next, pack, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

    await().until(() -> ping().equals("second"));
  }

  private static void copy(Path from, Path to) throws Exception {
    Files.createDirectories(to);
    try (var files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void folders_that_are_gone_or_empty_for_a_moment_stop_nothing(CapturedOutput output)
      throws Exception {
    Path routes = edited.file("routes");
    Files.move(routes, edited.file("away"));
    await().until(() -> output.getAll().contains("cannot be"));
    Files.createDirectory(routes);
    await().until(() -> output.getAll().contains("holds no route file"));
    assertThat(ping()).isEqualTo("first");
    Files.delete(routes);
    Files.move(edited.file("away"), routes);

    edited.edit(PING, text -> text.replace("first", "second"));
    await().until(() -> ping().equals("second"));
  }
}
