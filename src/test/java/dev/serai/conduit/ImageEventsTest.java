package dev.serai.conduit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.delivery.PoisonMessageException;
import java.io.IOException;
import java.net.ConnectException;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class ImageEventsTest {
  private final ImageRequest request =
      new ImageRequest("r1", "", EventBody.JSON.createObjectNode().put("prompt", "a cat"));

  @Test
  void a_failure_without_words_is_named_by_its_kind() {
    assertThat(failed(new ConnectException())).isEqualTo("ConnectException");
    assertThat(failed(new IOException(" "))).isEqualTo("IOException");
  }

  @Test
  void a_failure_of_the_request_or_the_endpoint_is_told_in_its_words() {
    assertThat(failed(new IOException("the endpoint answered 500")))
        .isEqualTo("the endpoint answered 500");
    assertThat(failed(new PoisonMessageException("image-refused: no")))
        .isEqualTo("image-refused: no");
  }

  @Test
  void nobody_else_reads_what_the_database_says() {
    assertThat(failed(new DataAccessResourceFailureException("secret")))
        .isEqualTo("DataAccessResourceFailureException");
  }

  private String failed(Exception failure) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, failure);
    try {
      return EventBody.JSON
          .readTree(new ImageEvents().failed(exchange, request))
          .path("error")
          .asText();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
