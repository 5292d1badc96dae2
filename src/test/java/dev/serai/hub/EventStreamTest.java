package dev.serai.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventStreamTest {
  @Test
  void an_event_has_its_id_type_wait_and_data_and_ends_with_an_empty_line() {
    Update update = new Update(List.of("t"), "hello", false, "a:1", "greeting", 1500L);

    assertThat(text(update)).isEqualTo("id: a:1\nevent: greeting\nretry: 1500\ndata: hello\n\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a\\nb|data: a~data: b~",
        "a\\rb|data: a~data: b~",
        "a\\r\\nb|data: a~data: b~",
        "a\\n\\rb|data: a~data: ~data: b~",
        "a\\n|data: a~data: ~",
        "\\r\\n|data: ~data: ~",
        "''|data: ~",
        "' a'|data:  a~",
        "data: x\\n\\nid: 7|data: data: x~data: ~data: id: 7~"
      })
  void data_is_split_wherever_a_client_would_see_the_end_of_a_line(String data, String lines) {
    String real = data.replace("\\n", "\n").replace("\\r", "\r");

    assertThat(text(new Update(List.of("t"), real, false, "1", null, null)))
        .isEqualTo("id: 1\n" + lines.replace("~", "\n") + "\n");
  }

  @Test
  void other_languages_are_utf_8() {
    assertThat(EventStream.frame(new Kept(1, Update.of("t", "żółw 🐢").identified("1"))).bytes())
        .isEqualTo(io.vertx.core.buffer.Buffer.buffer("id: 1\ndata: żółw 🐢\n\n", "UTF-8"));
  }

  @Test
  void a_comment_is_as_long_as_it_is_asked_for() {
    assertThat(EventStream.comment(0)).isEqualTo(":\n");
    assertThat(EventStream.comment(1024)).hasSize(1024).startsWith(":").endsWith("\n");
  }

  private static String text(Update update) {
    return EventStream.frame(new Kept(1, update)).bytes().toString();
  }
}
