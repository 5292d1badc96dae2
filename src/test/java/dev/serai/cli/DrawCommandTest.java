package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DrawCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void draws_the_files_without_a_running_serai() throws IOException {
    Path image = folder.resolve("routes.svg");

    assertThat(draw("--output", image.toString())).isZero();
    assertThat(out.toString()).isEmpty();
    assertThat(image).content().startsWith("<svg ").contains(">debias-post", ">events.neo4j<");
  }

  @Test
  void prints_the_language_that_is_asked_for() {
    assertThat(draw("--format", "mermaid")).isZero();
    assertThat(out.toString()).startsWith("flowchart LR\n").contains("\"debias\"", "\"shared\"");
  }

  @Test
  void draws_one_pack_or_file_with_what_is_next_to_it() {
    assertThat(draw("--format=mermaid", "--pack=debias")).isZero();
    assertThat(out.toString()).contains("POST /events").doesNotContain("GET /dlq");
    out.getBuffer().setLength(0);

    assertThat(draw("--format=mermaid", "routes/debias/store-points.camel.yaml")).isZero();
    assertThat(out.toString())
        .contains("debias-store-points", "debias-ask-qdrant", "debias-make-collection")
        .doesNotContain("POST /events");
  }

  @Test
  void says_which_packs_and_files_there_are_none_of() {
    assertThat(draw("--pack=debais")).isOne();
    assertThat(err.toString()).contains("routes has no pack \"debais\"");
    assertThat(draw("--format=png")).isEqualTo(2);
  }

  @Test
  void a_file_that_cannot_be_read_is_named_and_the_others_are_drawn() throws IOException {
    Path pack = Files.createDirectories(folder.resolve("routes/shop"));
    Files.writeString(pack.resolve("bad.camel.yaml"), "- route: [\n");
    Files.writeString(pack.resolve("topology.yaml"), "queues:\n  q:\n    tll: 5s\n");
    Files.writeString(
        pack.resolve("good.camel.yaml"),
        "- route:\n    id: shop-good\n    from:\n      uri: timer:x\n");

    assertThat(draw("--format=mermaid", "--routes", folder.resolve("routes").toString())).isOne();
    assertThat(out.toString()).contains("shop-good");
    assertThat(err.toString()).contains("bad-yaml: ", "bad.camel.yaml:", "topology.yaml:3:");
  }

  @Test
  void what_is_too_large_for_an_image_is_refused_with_what_to_do_instead() throws IOException {
    Path pack = Files.createDirectories(folder.resolve("routes/shop"));
    for (int i = 0; i < 501; i++) {
      Files.writeString(
          pack.resolve("r" + i + ".camel.yaml"),
          "- route:\n    id: shop-r%1$d\n    from:\n      uri: timer:t%1$d\n".formatted(i));
    }
    String routes = folder.resolve("routes").toString();

    assertThat(draw("--routes", routes)).isOne();
    assertThat(err.toString()).contains("1002 boxes are too many", "--format mermaid");
    assertThat(draw("--routes", routes, "--format", "mermaid")).isZero();
  }

  private int draw(String... arguments) {
    List<String> all = new ArrayList<>(List.of("routes", "draw"));
    all.addAll(List.of(arguments));
    CommandLine cli = Cli.commandLine();
    cli.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return cli.execute(all.toArray(String[]::new));
  }
}
