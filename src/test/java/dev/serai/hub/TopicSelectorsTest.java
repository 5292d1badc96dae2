package dev.serai.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicSelectorsTest {
  private final TopicSelectors selectors =
      new TopicSelectors("https://hub.example.com/.well-known/mercure");

  @ParameterizedTest
  @CsvSource({
    "topic, a, a, true",
    "topic, a, b, false",
    "topic, *, b, true",
    "topic, /books/{id}, /books/1, true",
    "topic, /books/{id}, /books/{id}, true",
    "topic, /books/{id}, /films/1, false",
    "topic, /books/{, /books/{, true", // no template
    "match, /books/{id}, /books/1, false",
    "match, *, b, true",
    "match_urlpattern, /books/:id, /books/1, true",
    "match_urlpattern, /books/:id, https://hub.example.com/books/1, true",
    "match_urlpattern, /books/:id, https://example.com/books/1, false",
    "match_urlpattern, *, b, true"
  })
  void a_name_says_how_a_text_selects(String name, String text, String topic, boolean selected) {
    TopicSelector selector = selectors.named(name, text);

    assertThat(selector.selects("something else")).isEqualTo(text.equals("*"));
    assertThat(selector.selects(topic)).isEqualTo(selected);
    assertThat(selector.selects(topic)).isEqualTo(selected); // and says so again
  }

  @ParameterizedTest
  @CsvSource({"match_regexp, a", "matched, a", "topic, ''", "match_urlpattern, /:a/:a"})
  void what_is_none_is_refused(String name, String text) {
    assertThatThrownBy(() -> selectors.named(name, text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void who_says_the_same_shares_what_was_compiled_once() {
    for (String name : List.of("topic", "match_urlpattern")) {
      TopicSelector first = selectors.named(name, "/books/{id}");

      assertThat(selectors.named(name, "/books/{id}")).isSameAs(first);
      assertThat(selectors.named(name, "/books/{isbn}")).isNotSameAs(first);
    }
    assertThat(selectors.named("topic", "/books/{id}"))
        .isNotEqualTo(selectors.named("match_urlpattern", "/books/{id}"));
  }

  @Test
  void what_was_just_tested_is_not_tested_again() {
    List<String> tested = new ArrayList<>();
    Remembered remembered = new Remembered(tested::add);

    assertThat(remembered.test("a")).isTrue();
    assertThat(remembered.test("a")).isTrue();
    remembered.test("b");
    remembered.test("a");

    assertThat(tested).containsExactly("a", "b", "a");
  }

  @Test
  void what_is_shared_is_bounded() {
    TopicSelector first = selectors.topic("/first/{id}");
    List<TopicSelector> others = new ArrayList<>();

    for (int i = 0; i < TopicSelectors.MOST_SHARED; i++) {
      others.add(selectors.topic("/" + i + "/{id}"));
    }

    assertThat(selectors.topic("/first/{id}")).isEqualTo(first).isNotSameAs(first);
    assertThat(selectors.topic("/999/{id}")).isSameAs(others.get(999));
  }
}
