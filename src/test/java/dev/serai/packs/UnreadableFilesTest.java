package dev.serai.packs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.checks.FolderCheck;
import dev.serai.checks.RouteProblem;
import dev.serai.files.BadRouteFile;
import dev.serai.files.RefusedFile;
import dev.serai.files.Snapshot;
import dev.serai.topology.LoadedTopologies;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.StandardEnvironment;

/** What becomes of files that a disk does not give out: they are not gone. */
class UnreadableFilesTest {
  private static final String KEPT = "routes/p/kept.camel.yaml";
  private static final String OTHER = "routes/q/other.camel.yaml";
  private static final String GONE = "routes/q/gone.camel.yaml";

  private final Snapshot live = snapshot(Map.of(KEPT, "old", OTHER, "old", GONE, "old"), "");

  @Test
  void all_of_a_folder_that_cannot_be_read_runs_on() {
    Selection selection = select(live, snapshot(Map.of(OTHER, "new"), "routes/p"));

    assertThat(selection.accepted().files()).containsOnlyKeys(KEPT, OTHER);
    assertThat(selection.accepted().files().get(KEPT)).asString().isEqualTo("old");
    assertThat(selection.accepted().files().get(OTHER)).asString().isEqualTo("new");
    assertThat(selection.refused()).containsOnlyKeys(KEPT);
    assertThat(selection.refused().get(KEPT))
        .extracting(RouteProblem::name)
        .containsExactly("unreadable-file");
  }

  @Test
  void a_file_that_cannot_be_read_runs_on() {
    Selection selection = select(live, snapshot(Map.of(OTHER, "new"), KEPT));

    assertThat(selection.accepted().files()).containsOnlyKeys(KEPT, OTHER);
    assertThat(selection.refused()).containsOnlyKeys(KEPT);
  }

  @Test
  void what_has_been_read_of_a_folder_counts() {
    Selection selection = select(live, snapshot(Map.of(KEPT, "new"), "routes"));

    assertThat(selection.accepted().files()).containsOnlyKeys(KEPT, OTHER, GONE);
    assertThat(selection.accepted().files().get(KEPT)).asString().isEqualTo("new");
    assertThat(selection.refused()).containsOnlyKeys(OTHER, GONE);
  }

  @Test
  void at_a_start_it_is_left_out() {
    Selection selection = select(Snapshot.EMPTY, snapshot(Map.of(OTHER, "new"), "routes/p"));

    assertThat(selection.accepted().files()).containsOnlyKeys(OTHER);
    assertThat(selection.refused()).containsOnlyKeys("routes/p");
  }

  private static Selection select(Snapshot live, Snapshot disk) {
    StandardEnvironment values = new StandardEnvironment();
    FolderCheck.Result good =
        new FolderCheck.Result(
            values,
            List.of(),
            new LoadedTopologies(new TreeMap<>(), values),
            new TreeMap<>(),
            List.of());
    return Selection.of(snapshot -> good, live, disk, Map.of(), new Renames(live));
  }

  private static Snapshot snapshot(Map<String, String> texts, String unreadable) {
    TreeMap<String, byte[]> files = new TreeMap<>();
    texts.forEach((path, text) -> files.put(path, text.getBytes(UTF_8)));
    return new Snapshot(
        files,
        unreadable.isEmpty()
            ? List.of()
            : List.of(
                new RefusedFile(
                    "unreadable-file", new BadRouteFile(Path.of(unreadable), 1, 1, "no", "mend"))));
  }
}
