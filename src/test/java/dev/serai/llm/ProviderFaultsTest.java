package dev.serai.llm;

import static dev.serai.llm.ChatServer.cut;
import static dev.serai.llm.ChatServer.piece;
import static dev.serai.llm.ChatServer.status;
import static dev.serai.llm.ChatServer.stream;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

/** What a call comes to when the provider, the task or the store lets it down. */
class ProviderFaultsTest extends LlmCallsFixture {
  @ParameterizedTest
  @CsvSource({
    "429,busy,7000",
    "503,busy,7000",
    "500,failed,0",
    "404,failed,0",
    "401,failed,0",
    "400,refused,0",
    "422,refused,0"
  })
  void a_status_says_what_to_do_next(int status, String outcome, long pause) throws Exception {
    server.replies(
        status(
            status,
            "{\"error\":{\"message\":\"no\"}}",
            status == 429 || status == 503 ? "Retry-After" : "X-Other",
            "7"));

    LlmCall call = call("{\"messages\":[]}");

    assertThat(call.outcome()).isEqualTo(outcome);
    assertThat(call.pause()).isEqualTo(pause);
    assertThat(call.error()).startsWith("status " + status);
    assertThat(call.usage().total()).isZero();
  }

  @Test
  void what_is_no_answer_is_a_failure() throws Exception {
    server.replies(
        status(200, "<html>", "Content-Type", "text/html"), stream("data: {not json}\n\n"));

    assertThat(call("{\"messages\":[]}").error()).isEqualTo("the answer is no chat completion");
    LlmCall streamed = call("{\"stream\":true,\"messages\":[]}");
    assertThat(streamed.outcome()).isEqualTo("failed");
    assertThat(streamed.error()).isEqualTo("an event of the stream is no JSON");
  }

  @Test
  void a_stream_that_breaks_off_is_cut_and_what_has_come_is_kept() throws Exception {
    server.replies(
        cut(piece("Once ")),
        stream(piece("Once ")), // ends, but not as an answer does
        stream(piece("Once ") + "data: {\"error\":{\"message\":\"overloaded\"}}\n\n"));

    for (int i = 0; i < 3; i++) {
      LlmCall call = call("{\"stream\":true,\"messages\":[]}");

      assertThat(call.outcome()).isEqualTo("cut");
      assertThat(call.text()).isEqualTo("Once ");
      assertThat(call.usage().estimated()).isTrue();
      assertThat(call.usage().output()).isPositive();
    }
  }

  @Test
  void a_first_token_that_does_not_come_is_not_waited_for() throws Exception {
    server.replies(server.endless(": wait\n\n"));

    LlmCall call = call(work("{\"stream\":true,\"messages\":[]}"), provider(SHORT, LONG));

    assertThat(call.outcome()).isEqualTo("failed");
    assertThat(call.error()).isEqualTo("no token within 1.0s");
    assertThat(server.isLeft()).isTrue();
  }

  @Test
  void an_answer_that_does_not_end_is_cut() throws Exception {
    server.replies(server.endless(piece("a")));

    LlmCall call = call(work("{\"stream\":true,\"messages\":[]}"), provider(SHORT, SHORT));

    assertThat(call.outcome()).isIn("cut", "failed"); // failed: not even the first piece in time
    assertThat(server.isLeft()).isTrue();
  }

  @Test
  void a_whole_answer_that_does_not_come_is_not_waited_for() throws Exception {
    server.replies(server.silence());

    LlmCall call = call(work("{\"messages\":[]}"), provider(LONG, SHORT));

    assertThat(call.error()).isEqualTo("no end within 1.0s");
  }

  @Test
  void a_task_that_has_to_stop_closes_the_connection() throws Exception {
    server.replies(server.endless(piece("a")));
    CompletableFuture<LlmCall> call =
        CompletableFuture.supplyAsync(
            () -> call(work("{\"stream\":true,\"messages\":[]}"), provider(LONG, LONG)));
    Awaitility.await().until(() -> !chunks.isEmpty());

    interrupt.join().run();

    assertThat(call.get().outcome()).isEqualTo("stopped");
    assertThat(call.get().usage().estimated()).isTrue();
    assertThat(server.isLeft()).isTrue();
    assertThat(chunks).as("none after the end").hasSize(1);
  }

  @Test
  void a_provider_that_cannot_be_reached_was_not_asked() {
    server.close();

    LlmCall call = call("{\"messages\":[]}");

    assertThat(call.outcome()).isEqualTo("failed");
    assertThat(call.sent()).isFalse();
    assertThat(call.error()).startsWith("cannot be reached");
  }

  @Test
  void a_piece_that_nobody_takes_ends_the_call_and_is_no_failure_of_the_provider() {
    server.replies(server.endless(piece("a")));
    full = true;

    LlmCall streamed = call("{\"stream\":true,\"messages\":[]}");
    LlmWork work =
        new LlmOffers(TestProviders.of()).begin(json("{\"stream\":true,\"messages\":[]}"));
    LlmCall simulated = calls(TestProviders.of()).call(claim(), work, reserved(work));

    assertThat(streamed.outcome()).isEqualTo("stopped");
    assertThat(simulated.outcome()).isEqualTo("stopped");
  }

  @Test
  void a_key_that_cannot_be_sent_is_not_quoted() {
    Provider provider = provider(LONG, LONG);
    Providers providers =
        new Providers(
            TestProviders.settings(List.of(provider), "error"),
            new MockEnvironment().withProperty("TEST_KEY", "sec\nret"));

    LlmWork work = work("{\"messages\":[]}");
    LlmCall call = calls(providers).call(claim(), work, reserved(work));

    assertThat(call.outcome()).isEqualTo("failed");
    assertThat(call.error()).isEqualTo("its key has characters that cannot be sent");
    assertThat(call.sent()).isFalse();
  }
}
