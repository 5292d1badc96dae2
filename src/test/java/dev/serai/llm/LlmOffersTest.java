package dev.serai.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.delivery.PoisonMessageException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LlmOffersTest {
  private final Provider limited =
      TestProviders.with(
          "a",
          "http://a",
          new Provider.Limits(0, 50, 0),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1));
  private final LlmOffers offers =
      new LlmOffers(TestProviders.of(limited, TestProviders.at("b", "http://b")));

  @Test
  void asks_in_the_order_in_which_they_are_configured() throws Exception {
    LlmWork work = begin("{\"messages\":[],\"max_tokens\":10}");

    assertThat(work.model()).isEqualTo("m"); // the first one of the first provider
    assertThat(work.left()).containsExactly("a", "b");
  }

  @Test
  void asks_only_the_one_that_the_request_names() throws Exception {
    assertThat(begin("{\"provider\":\"b\",\"messages\":[],\"max_tokens\":10}").left())
        .containsExactly("b");
  }

  @Test
  void does_not_wait_for_a_provider_that_never_takes_so_many_tokens() throws Exception {
    assertThat(begin("{\"messages\":[],\"max_tokens\":30,\"n\":2}").left()).containsExactly("b");
  }

  @Test
  void says_when_nobody_takes_so_many_tokens() {
    assertThatExceptionOfType(PoisonMessageException.class)
        .isThrownBy(() -> begin("{\"provider\":\"a\",\"messages\":[],\"max_tokens\":60}"))
        .withMessageStartingWith("too-many-tokens: question and answer may have 61 tokens");
  }

  @Test
  void says_which_models_there_are() {
    assertThatExceptionOfType(PoisonMessageException.class)
        .isThrownBy(() -> begin("{\"model\":\"x\",\"messages\":[]}"))
        .withMessage(
            "unknown-model: no provider offers the model \"x\"; there are: m (a), m (b),"
                + " simulated (simulated)");
  }

  private LlmWork begin(String request) throws Exception {
    return offers.begin(new ObjectMapper().readTree(request));
  }
}
