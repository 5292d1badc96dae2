package dev.serai.urls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Against a table that npm's urlpattern-polyfill 10.1.0 has made. */
class UrlPatternTest {
  private static final Path TABLE = Path.of("src/test/resources/url-patterns.jsonl");
  private static final String BASE = "https://hub.example.com/.well-known/mercure";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> matches_what_browsers_match() throws IOException {
    List<String> lines = Files.readAllLines(TABLE);
    List<String> urls = texts(JSON.readTree(lines.get(0)));
    return lines.stream()
        .skip(1)
        .map(UrlPatternTest::json)
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.get(0).asText(),
                    () -> {
                      if (row.get(1).isTextual()) {
                        assertThatThrownBy(() -> UrlPattern.compile(row.get(0).asText(), BASE))
                            .isInstanceOf(BadPatternException.class);
                      } else {
                        UrlPattern pattern = UrlPattern.compile(row.get(0).asText(), BASE);
                        assertThat(urls.stream().filter(pattern::matches))
                            .containsExactlyElementsOf(texts(row.get(1)));
                      }
                    }));
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new IllegalArgumentException(line, e);
    }
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  @Test
  void says_what_is_wrong() {
    assertThatThrownBy(() -> UrlPattern.compile("/a(b", BASE)).hasMessageContaining("has no )");
    assertThatThrownBy(() -> UrlPattern.compile("/\\", BASE)).hasMessageContaining("is last");
    assertThatThrownBy(() -> UrlPattern.compile("/:a/:a", BASE)).hasMessageContaining("twice");
    assertThatThrownBy(() -> UrlPattern.compile("/" + "a".repeat(500), BASE))
        .hasMessageContaining("500 characters");
  }

  @Test
  void refuses_expressions_that_need_a_search_or_mean_something_else() {
    for (String regexp :
        List.of(
            "a(?=b)",
            "a(?<!b)",
            "(?<n>a)",
            "\\1a",
            "\\Qa\\E",
            "a\\u0041",
            "[a&&[b]]",
            "[[a]b]",
            "a{1001}",
            "(?:a{100}){100}",
            "a**",
            "a{9999999999}",
            "a\\k<n>",
            "(?i:a)")) {
      assertThatThrownBy(() -> UrlPattern.compile("/:x(" + regexp + ")", BASE))
          .as(regexp)
          .isInstanceOf(BadPatternException.class);
    }
  }

  @Test
  void refuses_what_is_too_large_to_be_matched() throws BadPatternException {
    for (String regexp :
        List.of(
            "(?:" + "[a-z]?".repeat(10) + "){1,999}",
            "(?:(?:[a-z]?)(?:[a-z]?)(?:[a-z]?)){1,1000}",
            "a{900})(b{900})(c{900}",
            "a{1000})" + "(a{1000})".repeat(50) + "(a")) {
      assertThatThrownBy(() -> UrlPattern.compile("/(" + regexp + ")", BASE))
          .as(regexp)
          .isInstanceOf(BadPatternException.class)
          .hasMessageContaining("too large");
    }
    assertThat(UrlPattern.compile("/([a-z]{1,1000})", BASE).matches("/" + "a".repeat(1000)))
        .isTrue();
    assertThat(UrlPattern.compile("/((?:[a-z]?){1,800})", BASE).matches("/" + "a".repeat(800)))
        .isTrue();
  }

  @Test
  @Timeout(5)
  void takes_no_longer_for_a_text_that_nearly_matches() throws BadPatternException {
    UrlPattern groups = UrlPattern.compile("/:x((?:a*)*b)", BASE);
    UrlPattern names = UrlPattern.compile("/" + ":a*".repeat(1) + "*:b*:c*:d*:e*:f*x", BASE);
    long start = System.nanoTime();

    assertThat(groups.matches("/" + "a".repeat(2000))).isFalse();
    assertThat(names.matches("/" + "a/".repeat(1000))).isFalse();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }
}
