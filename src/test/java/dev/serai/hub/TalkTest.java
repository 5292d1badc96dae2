package dev.serai.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.serai.http.LiveSocket.Caller;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class TalkTest {
  private static final String SUBSCRIBE =
      "{\"type\":\"subscribe\",\"topics\":[\"%s\"],\"lastEventId\":\"1\"}";

  private final Caller caller = mock(Caller.class);
  private final Client client = mock(Client.class);
  private final Queue<Supplier<Runnable>> aside = new ArrayDeque<>();
  private final List<String> answers = new ArrayList<>();
  private final List<Ending> ended = new ArrayList<>();
  private final Talk talk =
      new Talk(
          caller,
          client,
          aside::add,
          new Vocabulary(new TopicSelectors("https://hub.example.com/"), 10, TalkTest::place),
          ended::add);

  private static Long place(Subscription subscription) {
    if (subscription.selectsOneOf(List.of("broken"))) {
      throw new StackOverflowError();
    }
    if (subscription.selectsOneOf(List.of("away"))) {
      throw new DataAccessResourceFailureException("away");
    }
    return 7L;
  }

  @BeforeEach
  void listen() {
    when(caller.isReady()).thenReturn(true);
    when(client.subscription())
        .thenReturn(
            new Subscription(List.of(), names -> false, null, null, "somebody", Manner.PLAIN));
    doAnswer(call -> answers.add(call.getArgument(0))).when(caller).send(anyString());
  }

  @Test
  void messages_are_answered_in_their_order_though_some_take_longer() {
    talk.said(SUBSCRIBE.formatted("a"));
    talk.said("{\"type\":\"ping\"}");
    assertThat(answers).isEmpty();

    aside.remove().get().run();

    assertThat(answers).hasSize(2);
    assertThat(answers.get(0)).contains("subscribed");
    assertThat(answers.get(1)).contains("pong");
  }

  @Test
  void one_who_cannot_be_brought_back_is_asked_to_come_again() {
    talk.said(SUBSCRIBE.formatted("away"));

    aside.remove().get().run();

    assertThat(answers).isEmpty();
    verify(caller).end(1013, "store-unavailable");
  }

  @Test
  void whatever_fails_ends_the_connection_and_leaves_no_message_waiting() {
    talk.said(SUBSCRIBE.formatted("broken"));

    aside.remove().get().run();

    assertThat(ended).containsExactly(Ending.FAILED);
    talk.said("{\"type\":\"ping\"}");
    assertThat(answers).hasSize(1);
  }

  @Test
  void what_fails_for_the_client_ends_its_connection() {
    doThrow(new StackOverflowError()).when(client).advance();
    talk.said(SUBSCRIBE.formatted("a"));

    aside.remove().get().run();

    assertThat(ended).containsExactly(Ending.FAILED);
  }

  @Test
  void one_who_says_more_than_is_understood_is_cut_off() {
    talk.said(SUBSCRIBE.formatted("a"));
    for (int i = 0; i < 100; i++) {
      talk.said("{\"type\":\"ping\"}");
    }
    assertThat(ended).isEmpty();

    talk.said("{\"type\":\"ping\"}");

    assertThat(ended).containsExactly(Ending.TOO_SLOW);
  }

  @Test
  void one_who_is_behind_is_answered_until_it_has_said_too_much() {
    when(caller.isReady()).thenReturn(false);

    for (int i = 0; i < 100; i++) {
      talk.said("{\"type\":\"ping\"}");
    }
    assertThat(answers).hasSize(100);
    assertThat(ended).isEmpty();
    for (int i = 0; i < 2000; i++) {
      talk.said("{\"type\":\"ping\"}");
    }

    assertThat(ended).contains(Ending.TOO_SLOW);
    assertThat(answers).hasSizeLessThan(1500);
  }

  @Test
  void topics_are_a_list_of_texts() {
    for (String topics : List.of("{\"x\":\"y\"}", "\"x\"", "[1]", "[[\"x\"]]", "null", "[]")) {
      talk.said("{\"type\":\"subscribe\",\"topics\":%s}".formatted(topics));
      aside.remove().get().run();
    }

    assertThat(answers).hasSize(6).allMatch(answer -> answer.contains("bad-message"));
  }
}
