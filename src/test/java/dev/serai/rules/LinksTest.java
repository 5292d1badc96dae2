package dev.serai.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every link in a page leads to a file, or to a heading, that is there. */
class LinksTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  @TestFactory
  Stream<DynamicTest> every_link_leads_somewhere() throws IOException {
    return pages().stream()
        .map(
            page ->
                DynamicTest.dynamicTest(
                    page.toString(), () -> assertThat(deadLinks(page)).isEmpty()));
  }

  @Test
  void every_page_can_be_reached_from_the_readme() throws IOException {
    List<Path> reached = new ArrayList<>(List.of(Path.of("README.md")));
    for (int i = 0; i < reached.size(); i++) {
      Path page = reached.get(i);
      targets(page)
          .map(target -> file(page, target))
          .filter(file -> file.toString().endsWith(".md") && !reached.contains(file))
          .forEach(reached::add);
    }

    assertThat(reached).containsAll(pages());
  }

  @Test
  void sees_a_link_to_nothing(@TempDir Path folder) throws IOException {
    Path page = folder.resolve("page.md");
    Files.writeString(page, "# A page\n[a](page.md#a-page) [b](gone.md) [c](page.md#gone)\n");

    assertThat(deadLinks(page)).containsExactly("gone.md", "page.md#gone");
  }

  private static List<String> deadLinks(Path page) throws IOException {
    List<String> dead = new ArrayList<>();
    for (String target : targets(page).toList()) {
      Path file = file(page, target);
      int at = target.indexOf('#');
      if (!Files.exists(file) || (at >= 0 && !hasHeading(file, target.substring(at + 1)))) {
        dead.add(target);
      }
    }
    return dead;
  }

  private static boolean hasHeading(Path page, String anchor) throws IOException {
    return HEADING
        .matcher(Files.readString(page))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\w\\s-]", "").replace(' ', '-'))
        .anyMatch(anchor::equals);
  }

  private static Stream<String> targets(Path page) throws IOException {
    return LINK.matcher(Files.readString(page))
        .results()
        .map((MatchResult link) -> link.group(1))
        .filter(target -> !target.contains("://"));
  }

  private static Path file(Path page, String target) {
    String path = target.replaceFirst("#.*", "");
    return path.isEmpty() ? page : page.resolveSibling(path).normalize();
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(Path.of("README.md")));
    for (String folder : List.of("routes", "src", "config")) {
      try (Stream<Path> found = Files.walk(Path.of(folder))) {
        found.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
      }
    }
    return pages;
  }
}
