package dev.serai.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLinesTest {
  private static final int LONGEST = 100;

  @Test
  void joins_the_lines_of_an_event() {
    assertThat(read("data: a\ndata:b\ndata:  c\n\n")).containsExactly("a\nb\n c");
  }

  @Test
  void takes_comments_and_other_fields_for_nothing() {
    assertThat(read(": hello\n\nevent: x\nid: 1\nretry: 5\ndata: a\n: more\n\n:\n\ndata\n\n"))
        .containsExactly("a", "");
  }

  @Test
  void ends_lines_in_every_way() {
    assertThat(read("data: a\r\n\r\ndata: b\r\rdata: c\n\n")).containsExactly("a", "b", "c");
  }

  @Test
  void an_event_that_the_stream_ends_in_is_none() {
    assertThat(read("data: a\n\ndata: b\n")).containsExactly("a");
  }

  @Test
  void begins_behind_a_byte_order_mark() {
    assertThat(read("\uFEFFdata: a\n\n")).containsExactly("a");
  }

  @Test
  void reads_the_same_wherever_the_bytes_are_cut() {
    String text = "data: a\u00e4\u20ac\r\ndata: b\r\n\r\ndata: c\n\n";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<String> events = new ArrayList<>();
    EventLines lines = new EventLines(LONGEST, events::add);

    for (byte one : bytes) {
      lines.read(new byte[] {one});
    }

    assertThat(events).containsExactly("a\u00e4\u20ac\nb", "c");
  }

  @Test
  void refuses_an_event_that_does_not_end() {
    assertThatIllegalStateException()
        .isThrownBy(() -> read("data: " + "x".repeat(LONGEST)))
        .withMessageContaining("more than 100 bytes");
  }

  private static List<String> read(String text) {
    List<String> events = new ArrayList<>();
    new EventLines(LONGEST, events::add).read(text.getBytes(StandardCharsets.UTF_8));
    return events;
  }
}
