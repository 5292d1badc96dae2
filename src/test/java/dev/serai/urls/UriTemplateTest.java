package dev.serai.urls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriTemplateTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://example.com/books/{id}     | https://example.com/books/1
          https://example.com/books/{id}     | https://example.com/books/a%20b
          https://example.com/books/{id}     | https://example.com/books/1,2
          https://example.com/books/{id}     | https://example.com/books/
          https://example.com/{a}/{b}        | https://example.com/1/2
          https://example.com/{+path}/here   | https://example.com/foo/bar/here
          https://example.com/x{#frag}       | https://example.com/x#top/1
          https://example.com/x{#frag}       | https://example.com/x
          https://example.com/x{.format}     | https://example.com/x.json
          https://example.com{/a,b}          | https://example.com/1/2
          https://example.com{/a,b}          | https://example.com/1
          https://example.com{/list*}        | https://example.com/1/2/3/4
          https://example.com/x{;x,y}        | https://example.com/x;x=1;y=2
          https://example.com/x{?q,lang}     | https://example.com/x?q=1&lang=en
          https://example.com/x{?q,lang}     | https://example.com/x?q=1
          https://example.com/x{?keys*}      | https://example.com/x?a=1&b=2&c=3
          https://example.com/x?a=1{&b}      | https://example.com/x?a=1&b=2
          https://example.com/{id:3}         | https://example.com/abc
          {+anything}                        | urn:uuid:1
          plain                              | plain
          {a.b}                              | x
          """)
  void matches_what_it_can_be_expanded_to(String template, String text) throws Exception {
    assertThat(UriTemplate.compile(template).matches(text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://example.com/books/{id}   | https://example.com/books/1/2
          https://example.com/books/{id}   | https://example.com/books/1?x
          https://example.com/books/{id}   | https://example.com/books/a b
          https://example.com/books/{id}   | https://example.com/books/é
          https://example.com/books/{id}   | xhttps://example.com/books/1
          https://example.com/books/{id}   | https://example.com/books/%zz
          https://example.com{/a,b}        | https://example.com/1/2/3
          https://example.com/x{?q}        | https://example.com/x?q=1&r=2
          https://example.com/{id:3}       | https://example.com/abcd
          https://example.com/x{.format}   | https://example.com/xjson
          a.c                              | abc
          """)
  void and_nothing_else(String template, String text) throws Exception {
    assertThat(UriTemplate.compile(template).matches(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "}",
        "a{b",
        "{}",
        "{a{b}}",
        "{!a}",
        "{=a}",
        "{a b}",
        "{a:0}",
        "{a:10000}",
        "{a,}",
        "{a**}",
        "{a:999}{b:999}"
      })
  void what_is_no_template_is_refused(String template) {
    assertThatThrownBy(() -> UriTemplate.compile(template)).isInstanceOf(BadPatternException.class);
  }

  @Test
  void so_is_a_long_one() {
    assertThatThrownBy(() -> UriTemplate.compile("a".repeat(501)))
        .hasMessageContaining("500 characters");
  }

  @Test
  @Timeout(5)
  void takes_no_longer_for_a_text_that_nearly_matches() throws Exception {
    UriTemplate many = UriTemplate.compile("{+a}".repeat(120) + "x ");

    for (String text : List.of("a".repeat(2000), "x".repeat(2000))) {
      assertThat(many.matches(text)).isFalse();
    }
  }
}
