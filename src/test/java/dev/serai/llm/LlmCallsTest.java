package dev.serai.llm;

import static dev.serai.llm.ChatServer.answer;
import static dev.serai.llm.ChatServer.cut;
import static dev.serai.llm.ChatServer.end;
import static dev.serai.llm.ChatServer.piece;
import static dev.serai.llm.ChatServer.status;
import static dev.serai.llm.ChatServer.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.store.TestStore;
import dev.serai.tasks.Claim;
import dev.serai.tasks.RunningTasks;
import dev.serai.tasks.Stop;
import dev.serai.tasks.TaskStoppedException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mock.env.MockEnvironment;

/** What one call to a provider comes to, on its good and its bad days. */
@SuppressWarnings("NullAway.Init") // opened before each test
class LlmCallsTest {
  private static final Duration SHORT = Duration.ofMillis(150);
  private static final Duration LONG = Duration.ofSeconds(20);

  private final ChatServer server = ChatServer.start();
  private final RunningTasks running = mock(RunningTasks.class);
  private final CompletableFuture<Runnable> interrupt = new CompletableFuture<>();
  private final List<ChunkSink.Chunk> chunks = new CopyOnWriteArrayList<>();
  private TestStore store;
  private volatile boolean full;
  private LlmBudget budget;

  @BeforeEach
  void open(@TempDir Path data) {
    store = TestStore.onH2(data);
    when(running.asked(any())).thenReturn(Optional.empty());
    doAnswer(call -> interrupt.complete(call.getArgument(1)))
        .when(running)
        .onInterrupt(any(), any());
  }

  @AfterEach
  void close() {
    server.close();
    store.close();
  }

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
  void a_first_token_that_does_not_come_is_not_waited_for() throws Exception {
    server.replies(server.endless(": wait\n\n"));

    LlmCall call = call(work("{\"stream\":true,\"messages\":[]}"), provider(SHORT, LONG));

    assertThat(call.outcome()).isEqualTo("failed");
    assertThat(call.error()).isEqualTo("no token within 0.15s");
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

    assertThat(call.error()).isEqualTo("no end within 0.15s");
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
  }

  @Test
  void nobody_gets_pieces_after_the_end() throws Exception {
    server.replies(server.endless(piece("a")));
    CompletableFuture<LlmCall> call =
        CompletableFuture.supplyAsync(
            () -> call(work("{\"stream\":true,\"messages\":[]}"), provider(LONG, LONG)));
    Awaitility.await().until(() -> !chunks.isEmpty());

    interrupt.join().run();
    call.join();

    assertThat(chunks).hasSize(1);
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

  @Test
  void waits_until_the_task_has_to_stop() {
    LlmCalls calls = calls(TestProviders.of());
    calls.pause(claim());

    when(running.asked(any())).thenReturn(Optional.of(Stop.CANCELLED));

    assertThatThrownBy(() -> calls.pause(claim())).isInstanceOf(TaskStoppedException.class);
  }

  private void take(ChunkSink.Chunk chunk) {
    if (full) {
      throw new IllegalStateException("full");
    }
    chunks.add(chunk);
  }

  private LlmCall call(String request) {
    return call(work(request), provider(LONG, LONG));
  }

  private LlmCall call(LlmWork work, Provider provider) {
    return calls(TestProviders.of(provider)).call(claim(), work, reserved(work));
  }

  private LlmCalls calls(Providers providers) {
    budget = new LlmBudget(providers, store.jdbc(), store.transactions(), store.turns());
    StaticListableBeanFactory beans = new StaticListableBeanFactory();
    beans.addBean("sink", (ChunkSink) this::take);
    return new LlmCalls(providers, budget, running, beans.getBeanProvider(ChunkSink.class));
  }

  private Reservation reserved(LlmWork work) {
    return new Reservation("r" + work.calls(), work.left().get(0), 10);
  }

  private Provider provider(Duration firstToken, Duration total) {
    return TestProviders.with("p", server.url(), new Provider.Limits(0, 0, 0), firstToken, total);
  }

  private static LlmWork work(String request) {
    return new LlmWork(
        json(request), "m", List.of("p"), 0, "", false, true, "", Usage.NONE, BigDecimal.ZERO);
  }

  private static Claim claim() {
    return new Claim("t1", "llm", 1, 0, "", null, json("{}"), null);
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String text(LlmCall call) {
    return Objects.requireNonNull(call.answer()).at("/choices/0/message/content").asText();
  }
}
