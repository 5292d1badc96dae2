package dev.serai.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class TranscriptTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Transcript transcript = new Transcript();

  @Test
  void puts_calls_of_tools_together() throws Exception {
    add(
        "{\"role\":\"assistant\",\"tool_calls\":[{\"index\":0,\"id\":\"t1\",\"type\":\"function\",\"function\":{\"name\":\"add\",\"arguments\":\"\"}}]}");
    add("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"a\\\":\"}}]}");
    add("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"1}\"}}]}");

    assertThat(transcript.completion().at("/choices/0/message"))
        .isEqualTo(
            JSON.readTree(
                "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"t1\",\"type\":\"function\",\"function\":{\"name\":\"add\",\"arguments\":\"{\\\"a\\\":1}\"}}]}"));
    assertThat(transcript.text()).as("more than a text").isEmpty();
  }

  @Test
  void who_speaks_is_not_yet_a_token() throws Exception {
    assertThat(add("{\"role\":\"assistant\",\"content\":\"\"}")).isFalse();
    assertThat(add("{\"content\":\"a\"}")).isTrue();
  }

  @Test
  void keeps_several_answers_apart() throws Exception {
    chunk("{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"b\"}}]}");
    chunk("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}");

    assertThat(transcript.isFinished()).as("the other one is not").isFalse();
    assertThat(transcript.completion().at("/choices/0/message/content").asText()).isEqualTo("a");
    assertThat(transcript.completion().at("/choices/1/message/content").asText()).isEqualTo("b");
    assertThat(transcript.text()).isEmpty();
  }

  private boolean add(String delta) throws Exception {
    return chunk("{\"choices\":[{\"index\":0,\"delta\":" + delta + "}]}");
  }

  private boolean chunk(String chunk) throws Exception {
    JsonNode read = JSON.readTree(chunk);
    return transcript.add(read);
  }
}
