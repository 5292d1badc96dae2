package dev.serai.llm;

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
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** Calls to one provider, which the test answers for. */
@SuppressWarnings("NullAway.Init") // opened before each test
abstract class LlmCallsFixture {
  static final Duration SHORT = Duration.ofSeconds(1); // time enough to be asked at all
  static final Duration LONG = Duration.ofSeconds(20);

  final ChatServer server = ChatServer.start();
  final RunningTasks running = mock(RunningTasks.class);
  final CompletableFuture<Runnable> interrupt = new CompletableFuture<>();
  final List<ChunkSink.Chunk> chunks = new CopyOnWriteArrayList<>();
  private TestStore store;
  volatile boolean full;
  LlmBudget budget;

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

  private void take(ChunkSink.Chunk chunk) {
    if (full) {
      throw new IllegalStateException("full");
    }
    chunks.add(chunk);
  }

  LlmCall call(String request) {
    return call(work(request), provider(LONG, LONG));
  }

  LlmCall call(LlmWork work, Provider provider) {
    return calls(TestProviders.of(provider)).call(claim(), work, reserved(work));
  }

  LlmCalls calls(Providers providers) {
    budget = new LlmBudget(providers, store.jdbc(), store.transactions(), store.turns());
    StaticListableBeanFactory beans = new StaticListableBeanFactory();
    beans.addBean("sink", (ChunkSink) this::take);
    return new LlmCalls(providers, budget, running, beans.getBeanProvider(ChunkSink.class));
  }

  Reservation reserved(LlmWork work) {
    return new Reservation("r" + work.calls(), work.left().get(0), 10);
  }

  Provider provider(Duration firstToken, Duration total) {
    return TestProviders.with("p", server.url(), new Provider.Limits(0, 0, 0), firstToken, total);
  }

  static LlmWork work(String request) {
    return new LlmWork(
        json(request), "m", List.of("p"), 0, "", false, true, "", Usage.NONE, BigDecimal.ZERO);
  }

  static Claim claim() {
    return new Claim("t1", "llm", 1, 0, "", null, json("{}"), null, false);
  }

  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static String text(LlmCall call) {
    return Objects.requireNonNull(call.answer()).at("/choices/0/message/content").asText();
  }
}
