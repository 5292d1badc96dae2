package dev.serai.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files count. */
class RouteFolderTest {
  @TempDir private Path root;
  private Path routes;

  @BeforeEach
  void make() throws IOException {
    routes = root.resolve("routes");
    write("routes/pack/store-event.camel.yaml", "- route: {}");
  }

  private Path write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void routes_topologies_and_schemas_count() throws IOException {
    write("routes/pack/topology.yaml", "");
    write("routes/pack/deeper/topology.yaml", "");
    write("routes/pack/event.schema.json", "{}");
    write("routes/pack/deeper/take.camel.yaml", "");
    write("routes/pack/README.md", "");

    assertThat(RouteFolder.read(routes).files().keySet())
        .containsExactly(
            "pack/deeper/take.camel.yaml",
            "pack/event.schema.json",
            "pack/store-event.camel.yaml",
            "pack/topology.yaml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4913",
        ".store-event.camel.yaml.swp",
        ".store-event.camel.yaml",
        "store-event.camel.yaml~",
        "store-event.camel.yaml.bak",
        "#store-event.camel.yaml#",
        "store-event.camel.yaml___jb_tmp___",
        "store-event.test.yaml",
        ".git/x.camel.yaml"
      })
  void what_editors_leave_does_not_count(String name) throws IOException {
    write("routes/pack/" + name, "garbage");

    assertThat(RouteFolder.read(routes).files().keySet())
        .containsExactly("pack/store-event.camel.yaml");
  }

  @Test
  void a_link_out_of_the_folder_is_refused() throws IOException {
    Path secret = write("secret.camel.yaml", "- secret");
    write("elsewhere/x.camel.yaml", "- secret");
    Files.createSymbolicLink(routes.resolve("pack/leak.camel.yaml"), secret);
    Files.createSymbolicLink(routes.resolve("other"), root.resolve("elsewhere"));

    RouteFolder.Contents contents = RouteFolder.read(routes);

    assertThat(contents.files().keySet()).containsExactly("pack/store-event.camel.yaml");
    assertThat(contents.refused())
        .extracting(refused -> root.relativize(refused.file().file()).toString())
        .containsExactlyInAnyOrder("routes/pack/leak.camel.yaml", "routes/other");
  }

  @Test
  void links_to_nowhere_and_in_circles_are_passed_over() throws IOException {
    Files.createSymbolicLink(routes.resolve("pack/gone.camel.yaml"), root.resolve("gone"));
    Files.createSymbolicLink(routes.resolve("pack/loop"), routes.resolve("pack"));

    assertThat(RouteFolder.read(routes).files().keySet())
        .containsExactly("pack/store-event.camel.yaml");
  }

  @Test
  void a_link_to_itself_is_told() throws IOException {
    Path loopy = routes.resolve("pack/loopy.camel.yaml");
    Files.createSymbolicLink(loopy, Path.of("loopy.camel.yaml"));

    RouteFolder.Contents contents = RouteFolder.read(routes);

    assertThat(contents.files().keySet()).containsExactly("pack/store-event.camel.yaml");
    assertThat(contents.refused())
        .singleElement()
        .satisfies(
            refused -> {
              assertThat(refused.name()).isEqualTo("unreadable-file");
              assertThat(refused.file().file()).isEqualTo(loopy);
            });
  }

  @Test
  void a_mounted_config_map_is_read_through_its_links_before_and_after_a_swap() throws IOException {
    write("routes/mounted/..one/take.camel.yaml", "one");
    write("routes/mounted/..two/take.camel.yaml", "two");
    Path data = routes.resolve("mounted/..data");
    Files.createSymbolicLink(data, Path.of("..one"));
    Files.createSymbolicLink(
        routes.resolve("mounted/take.camel.yaml"), Path.of("..data/take.camel.yaml"));

    assertThat(RouteFolder.read(routes).files().get("mounted/take.camel.yaml"))
        .asString()
        .isEqualTo("one");

    Path next = Files.createSymbolicLink(routes.resolve("mounted/..tmp"), Path.of("..two"));
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

    assertThat(RouteFolder.read(routes).files())
        .hasSize(2)
        .hasEntrySatisfying(
            "mounted/take.camel.yaml", bytes -> assertThat(bytes).asString().isEqualTo("two"));
  }

  @Test
  void what_cannot_be_read_is_told_and_the_rest_is_read() throws IOException {
    Path broken = write("routes/pack/broken.camel.yaml", "");
    FolderReader reader =
        new FolderReader(routes) {
          @Override
          byte[] bytes(Path file) throws IOException {
            if (file.equals(broken)) {
              throw new IOException("Input/output error");
            }
            return super.bytes(file);
          }
        };

    Files.walkFileTree(routes, reader);
    reader.visitFileFailed(routes.resolve("closed"), new AccessDeniedException("closed"));
    reader.postVisitDirectory(routes.resolve("pack"), new IOException("Stale file handle"));
    reader.visitFileFailed(routes.resolve(".git"), new AccessDeniedException(".git"));
    reader.visitFileFailed(routes.resolve("gone"), new NoSuchFileException("gone"));
    reader.visitFileFailed(routes.resolve("loop"), new FileSystemLoopException("loop"));

    assertThat(reader.files().keySet()).containsExactly("pack/store-event.camel.yaml");
    assertThat(reader.refused())
        .allMatch(refused -> refused.name().equals("unreadable-file"))
        .extracting(refused -> root.relativize(refused.file().file()).toString())
        .containsExactly("routes/pack/broken.camel.yaml", "routes/closed", "routes/pack");
  }

  @Test
  void a_folder_of_packs_that_cannot_be_read_is_no_empty_one() throws IOException {
    FolderReader reader = new FolderReader(routes);

    assertThatThrownBy(() -> reader.visitFileFailed(routes, new AccessDeniedException("routes")))
        .isInstanceOf(AccessDeniedException.class);
  }

  @Test
  void of_a_huge_file_only_a_little_is_read() throws IOException {
    write("routes/pack/huge.camel.yaml", "- x".repeat(17 << 20));

    assertThat(RouteFolder.read(routes).files().get("pack/huge.camel.yaml"))
        .hasSize(RouteFolder.MOST_BYTES + 1);
  }
}
