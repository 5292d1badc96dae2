package dev.serai.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateTest {
  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\rb", "a\0b", "\u0007", "\u0085", "\u2028", "\ud800", ""})
  void no_control_character_is_in_a_topic_an_id_or_a_type(String bad) {
    assertRefused(new Update(List.of(bad), "", false, null, null, null));
    assertRefused(new Update(List.of("t", bad), "", false, null, null, null));
    assertRefused(new Update(List.of("t"), "", false, bad, null, null));
    assertRefused(new Update(List.of("t"), "", false, null, bad, null));
  }

  @Test
  void what_is_too_long_or_too_many_is_refused() {
    assertRefused(Update.of("x".repeat(2001), ""));
    assertRefused(new Update(List.of("t"), "", false, "x".repeat(501), null, null));
    assertRefused(new Update(List.of(), "", false, null, null, null));
    assertRefused(new Update(Collections.nCopies(101, "t"), "", false, null, null, null));
    assertRefused(new Update(List.of("t"), "", false, null, null, -1L));
    assertRefused(new Update(List.of("t"), "a\0", false, null, null, null));
    assertRefused(new Update(List.of("t"), "", false, " a", null, null));
  }

  @Test
  void data_may_be_anything_else() {
    assertThat(Update.of("https://example.com/a?b=ż", "\r\n\t🐢").checked().data())
        .isEqualTo("\r\n\t🐢");
  }

  private static void assertRefused(Update update) {
    assertThatThrownBy(update::checked)
        .isInstanceOf(BadUpdateException.class)
        .hasMessageStartingWith("bad-update: ");
  }
}
