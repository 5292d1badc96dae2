package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.http.ProblemException;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class OwnKeyTest {
  @Test
  void no_caller_can_send_a_key_of_our_own() {
    Exchange request = new DefaultExchange(new DefaultCamelContext());
    request.getMessage().setHeader(Exchange.HTTP_URI, "/tasks/llm");
    request.getMessage().setHeader("Idempotency-Key", NewTask.ownKey("debate/1/0"));

    assertThatThrownBy(() -> new TaskRequest(List.of("llm")).read(request, "llm", 0))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("Idempotency-Key");
  }
}
