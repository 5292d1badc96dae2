package dev.serai.packs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.files.Folders;
import dev.serai.files.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.info.BuildProperties;

/** When a start need not check its files. */
class CheckedFoldersTest {
  private static final String MONDAY = "2026-11-16T08:00:00Z";

  @TempDir private Path data;

  private CheckedFolders folders(String time) {
    Properties build = new Properties();
    build.put("time", String.valueOf(Instant.parse(time).toEpochMilli()));
    StaticListableBeanFactory beans = new StaticListableBeanFactory();
    beans.addBean("build", new BuildProperties(build));
    return new CheckedFolders(unused(), data, beans.getBeanProvider(BuildProperties.class));
  }

  @SuppressWarnings("NullAway") // only what is on disk beside them is asked for
  private static Folders unused() {
    return null;
  }

  private static Snapshot file(String text) {
    TreeMap<String, byte[]> files = new TreeMap<>();
    files.put("routes/a/b.camel.yaml", text.getBytes());
    return new Snapshot(files, List.of());
  }

  @Test
  void the_same_bytes_are_known_to_the_same_build_only() {
    folders(MONDAY).noteGood(file("one"));

    assertThat(folders(MONDAY).wereGood(file("one"))).isTrue();
    assertThat(folders(MONDAY).wereGood(file("two"))).isFalse();
    assertThat(folders("2026-11-17T08:00:00Z").wereGood(file("one"))).isFalse();
  }

  @Test
  void without_a_note_or_a_folder_for_it_everything_is_checked() throws Exception {
    assertThat(folders(MONDAY).wereGood(file("one"))).isFalse();
    Files.delete(data);
    Files.writeString(data, "a file");

    folders(MONDAY).noteGood(file("one"));

    assertThat(folders(MONDAY).wereGood(file("one"))).isFalse();
  }
}
