package dev.serai.llm;

import static dev.serai.llm.ChatServer.answer;
import static dev.serai.llm.ChatServer.end;
import static dev.serai.llm.ChatServer.piece;
import static dev.serai.llm.ChatServer.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.tasks.Stop;
import dev.serai.tasks.TaskStoppedException;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What one call to a provider comes to. */
class LlmCallsTest extends LlmCallsFixture {
  @Test
  void gives_the_answer_and_what_it_costs() throws Exception {
    server.replies(answer("hello"));

    LlmCall call = call("{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

    assertThat(call.outcome()).isEqualTo("answered");
    assertThat(text(call)).isEqualTo("hello");
    assertThat(call.usage()).isEqualTo(new Usage(7, 3, false));
    assertThat(call.cost()).isEqualByComparingTo(new BigDecimal("0.000044")); // 7 x 2 + 3 x 10
  }

  @Test
  void asks_as_openai_does_with_the_key_and_without_our_own_fields() throws Exception {
    server.replies(stream(piece("a") + end()));

    call("{\"provider\":\"p\",\"stream\":true,\"temperature\":0.5,\"messages\":[]}");

    JsonNode body = server.requests().get(0);
    assertThat(body.path("model").asText()).isEqualTo("m");
    assertThat(body.path("temperature").asDouble()).isEqualTo(0.5);
    assertThat(body.at("/stream_options/include_usage").asBoolean()).isTrue();
    assertThat(body.has("provider")).isFalse();
    assertThat(server.keys()).containsExactly("Bearer secret");
  }

  @Test
  void passes_a_streamed_answer_on_piece_by_piece_and_puts_it_together() throws Exception {
    server.replies(stream(": hello\n\n" + piece("Once ") + piece("upon") + end()));

    LlmCall call = call("{\"stream\":true,\"messages\":[]}");

    assertThat(text(call)).isEqualTo("Once upon");
    assertThat(call.usage()).isEqualTo(new Usage(7, 3, false));
    assertThat(chunks).extracting(ChunkSink.Chunk::sequence).containsExactly(1, 2, 3);
    assertThat(chunks)
        .extracting(chunk -> chunk.choices().at("/0/delta/content").asText(""))
        .containsExactly("Once ", "upon", "");
    assertThat(chunks).noneMatch(ChunkSink.Chunk::restarted);
  }

  @Test
  void says_when_the_tokens_are_only_estimated() throws Exception {
    server.replies(
        stream(
            piece("12345678")
                + "data: {\"choices\":[{\"index\":0,\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"));

    LlmCall call = call("{\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

    assertThat(call.usage().estimated()).isTrue();
    assertThat(call.usage().input()).isBetween(1L, 20L);
    assertThat(call.usage().output()).isBetween(2L, 10L);
  }

  @Test
  void the_next_provider_gets_what_was_said_as_the_assistants_words() throws Exception {
    server.replies(stream(piece("upon") + end()));
    Llm llm = new Llm();
    LlmCall broken =
        new LlmCall("cut", "other", "broke", true, 0, null, "Once ", Usage.NONE, BigDecimal.ZERO);

    LlmWork rest = llm.proceed(work("{\"stream\":true,\"messages\":[]}"), broken);
    LlmCall call = call(rest, provider(LONG, LONG));

    assertThat(server.requests().get(0).at("/messages/0"))
        .isEqualTo(new ObjectMapper().readTree("{\"role\":\"assistant\",\"content\":\"Once \"}"));
    assertThat(llm.result(rest, call).at("/choices/0/message/content").asText())
        .isEqualTo("Once upon");
    assertThat(chunks).noneMatch(ChunkSink.Chunk::restarted);
  }

  @Test
  void the_first_piece_of_a_new_beginning_says_so() throws Exception {
    server.replies(stream(piece("a") + piece("b") + end()));
    LlmCall broken =
        new LlmCall("cut", "other", "broke", true, 0, null, "x", Usage.NONE, BigDecimal.ZERO);

    call(
        new Llm().restart(work("{\"stream\":true,\"messages\":[]}"), broken), provider(LONG, LONG));

    assertThat(chunks).extracting(ChunkSink.Chunk::restarted).containsExactly(true, false, false);
    assertThat(chunks).extracting(ChunkSink.Chunk::call).containsOnly(2);
  }

  @Test
  void without_a_provider_the_simulated_one_answers_and_says_so() {
    String request = "{\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"tell me\"}]}";
    LlmWork work = new LlmOffers(TestProviders.of()).begin(json(request));

    LlmCall call = calls(TestProviders.of()).call(claim(), work, reserved(work));
    LlmCall again = calls(TestProviders.of()).call(claim(), work, reserved(work));

    assertThat(work.model()).isEqualTo("simulated");
    assertThat(text(call)).isEqualTo("This answer is simulated. You said: tell me");
    assertThat(text(again)).isEqualTo(text(call));
    assertThat(new Llm().result(work, call).path("simulated").asBoolean()).isTrue();
    assertThat(call.usage().output()).isEqualTo(8);
    assertThat(chunks).hasSize(2 * 9); // each word, and the end
  }

  @Test
  void waits_until_the_task_has_to_stop() {
    LlmCalls calls = calls(TestProviders.of());
    calls.pause(claim());

    when(running.asked(any())).thenReturn(Optional.of(Stop.CANCELLED));

    assertThatThrownBy(() -> calls.pause(claim())).isInstanceOf(TaskStoppedException.class);
  }
}
