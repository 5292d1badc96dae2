package dev.serai.packs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.checks.FolderCheck;
import dev.serai.checks.RouteProblem;
import dev.serai.files.Snapshot;
import dev.serai.topology.LoadedTopologies;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.StandardEnvironment;

/** Which edits are taken when something is wrong in a file that nobody has edited. */
class SelectionTest {
  private static final String DOOR = "routes/p/door.camel.yaml";
  private static final String EDITED = "routes/q/edited.camel.yaml";

  private final Snapshot live = snapshot(Map.of(DOOR, "calls", EDITED, "old"));
  private final Snapshot disk = snapshot(Map.of(DOOR, "calls", EDITED, "new"));

  @Test
  void what_makes_another_file_wrong_is_refused() {
    Selection selection =
        select(files -> files.equals("new") ? List.of(problem("no way")) : List.of());

    assertThat(selection.accepted().files().get(EDITED)).asString().isEqualTo("old");
    assertThat(selection.refused()).containsOnlyKeys(EDITED);
  }

  @Test
  void a_fault_of_what_runs_stops_no_edit() {
    Selection selection = select(text -> List.of(problem("no way, closest to " + text)));

    assertThat(selection.accepted().files().get(EDITED)).asString().isEqualTo("new");
    assertThat(selection.refused()).isEmpty();
  }

  private static RouteProblem problem(String wrong) {
    return new RouteProblem("unreachable-direct", DOOR, 5, 13, wrong, "mend it");
  }

  /** Checks by the text of the edited file. */
  private Selection select(Function<String, List<RouteProblem>> check) {
    StandardEnvironment values = new StandardEnvironment();
    return Selection.of(
        snapshot ->
            new FolderCheck.Result(
                values,
                List.of(),
                new LoadedTopologies(new TreeMap<>(), values),
                new TreeMap<>(),
                check.apply(new String(snapshot.files().get(EDITED), UTF_8))),
        live,
        disk,
        Map.of(),
        new Renames(live));
  }

  private static Snapshot snapshot(Map<String, String> texts) {
    TreeMap<String, byte[]> files = new TreeMap<>();
    texts.forEach((path, text) -> files.put(path, text.getBytes(UTF_8)));
    return new Snapshot(files, List.of());
  }
}
