package dev.serai.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TraceParentTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @Test
  void keeps_the_trace_and_its_flags_with_an_own_parent_id() {
    String came = "00-" + TRACE + "-00f067aa0ba902b7-03";

    assertThat(TraceParent.next(came))
        .matches("00-" + TRACE + "-[0-9a-f]{16}-03")
        .doesNotContain("00f067aa0ba902b7");
  }

  @Test
  void starts_a_new_trace_for_what_is_not_valid() {
    for (String came :
        new String[] {
          "",
          "00-" + "0".repeat(32) + "-00f067aa0ba902b7-01",
          "ff-" + TRACE + "-00f067aa0ba902b7-01",
          "00-X"
        }) {
      assertThat(TraceParent.next(came))
          .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01")
          .doesNotContain(TRACE);
    }
  }
}
